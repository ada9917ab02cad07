"""Every change of dated work: checked, made and logged in one transaction."""
