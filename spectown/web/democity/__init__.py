"""Demonstration data at city scale: synthetic, deterministic, believable in structure, marked everywhere."""
