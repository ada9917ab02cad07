"""Views of the area 专家评审."""
