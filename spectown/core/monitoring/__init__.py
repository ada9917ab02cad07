"""Monitoring (监测): indicators, forms, values, checks. Prose: docs/algorithms/monitoring.md."""
