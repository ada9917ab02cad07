"""Views of inspections and research visits."""
