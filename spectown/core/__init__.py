"""What the programme decides. Pure: no Django, no I/O, no clock, no randomness without a seed."""
