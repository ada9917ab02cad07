"""我的工作 and 办理情况: dated work of all kinds, for a person and in figures."""
