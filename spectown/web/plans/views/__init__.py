"""One file per page of the area 方案."""
