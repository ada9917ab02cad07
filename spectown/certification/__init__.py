"""认定: applications and the pre-certification check."""
