"""账户: login, password, second factor, sessions, choice of role."""
