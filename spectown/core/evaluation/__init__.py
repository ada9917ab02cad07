"""Evaluation of towns: scheme, scores, ranks and how sure they are. Prose: docs/algorithms/evaluation.md."""
