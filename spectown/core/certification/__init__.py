"""Pre-certification: does a cluster qualify as a 市级专业镇, and what is still missing (方案 二)."""
