"""Supervision notices (督办通知书): what calls for one, what moves need and do, documents, figures, counts."""
