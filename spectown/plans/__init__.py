"""方案: a published plan as versioned data: clauses, tasks, duties, targets, thresholds, criteria."""
