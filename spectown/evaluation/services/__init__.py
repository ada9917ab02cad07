"""Changes of an evaluation."""
