"""Certification rounds (批次). Prose: docs/algorithms/certification-rounds.md."""
