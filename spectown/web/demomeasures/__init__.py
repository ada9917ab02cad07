"""The demonstration's annual action plan, played by the services."""
