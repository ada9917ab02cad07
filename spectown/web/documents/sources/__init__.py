"""Drafts begun from other screens: what stands there becomes the facts of a kind."""
