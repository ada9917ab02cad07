"""Pages of the area."""
