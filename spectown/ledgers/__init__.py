"""The other lists of the ten tasks, one model each."""
