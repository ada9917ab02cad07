"""Pages of the yearly evaluation (年度评估)."""
