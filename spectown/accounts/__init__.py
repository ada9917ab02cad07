"""用户: who can log in, and what each role may do."""
