"""方案: full text, matrix of duties, targets, leading group, check-up, comparison of versions."""
