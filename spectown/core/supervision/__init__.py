"""Dated work (措施、报告、问题、督办): what is late, and who is told. Prose: docs/algorithms/supervision.md."""
