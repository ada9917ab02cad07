"""Pages of dated work: list of all, measures, reports, coverage of the plan."""
