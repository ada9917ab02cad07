"""作业: work too long for a request, kept in the database, run by the worker, seen by whoever asked for it."""
