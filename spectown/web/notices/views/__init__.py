"""Views of supervision notices."""
