"""Pages of supervision notices (督办通知书)."""
