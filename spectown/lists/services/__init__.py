"""Changes of rows of any list."""
