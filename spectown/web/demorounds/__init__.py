"""Certification rounds of the demonstration: played through the services, each step on its day."""
