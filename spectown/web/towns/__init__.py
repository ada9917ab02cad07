"""专业镇: list, detail, export, changes."""
