"""Experts: the pool and panels for the office, reading and scoring for the experts themselves."""
