"""系统: users and roles, the log of operations."""
