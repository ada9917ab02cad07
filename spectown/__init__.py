"""专镇通: the system that runs a city's 专业镇 programme."""
