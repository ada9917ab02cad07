"""Views of the yearly evaluation."""
