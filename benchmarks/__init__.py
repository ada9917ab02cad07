"""One script per performance job; each prints one last line of JSON."""
