"""Pages of the area 企业."""
