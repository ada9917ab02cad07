"""Views of the area 项目."""
