"""Yearly evaluations of the demonstration: made up figures, played through the services, each step on its day."""
