"""Project configuration: everything comes from the environment, see docs/operations/settings.md."""
