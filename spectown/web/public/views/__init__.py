"""One file per public page."""
