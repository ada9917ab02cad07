"""Changes of monitoring."""
