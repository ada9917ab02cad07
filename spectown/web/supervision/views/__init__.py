"""Views of dated work."""
