"""单位、职务、任职: units with dated names, posts and who holds them, and for which unit a user acts."""
