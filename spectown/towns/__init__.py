"""专业镇: the clusters themselves, their names, levels and territories."""
