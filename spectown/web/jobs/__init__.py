"""作业: own background jobs, their progress, cancelling."""
