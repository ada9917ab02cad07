"""Kinds of official documents (文种) as data: which facts a kind needs and how they become a document tree."""
