"""督办: dated work (measures, reports, problems, notices), who has it, until when, how it stands."""
