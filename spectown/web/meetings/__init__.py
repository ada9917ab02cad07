"""Pages of progress meetings (工作推进会)."""
