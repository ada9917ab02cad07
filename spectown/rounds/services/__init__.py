"""Every change in a round: checked, made and logged in one transaction."""
