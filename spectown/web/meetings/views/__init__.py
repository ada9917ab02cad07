"""Views of progress meetings."""
