"""Pages that read several rows of a list together."""
