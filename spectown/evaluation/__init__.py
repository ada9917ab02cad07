"""Yearly evaluation of towns. So far without the web: `spectown rank` (docs/reference/rank.md)."""
