"""Changes of lists that have steps of their own; all go through lists.services.records."""
