"""认定: rounds, cases, formal check."""
