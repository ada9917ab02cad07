"""清单: the same pages for every list (docs/reference/lists.md)."""
