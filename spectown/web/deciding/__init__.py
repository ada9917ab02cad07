"""Decision, publicity, objections, titles of certification rounds, for the office and the leading group."""
