"""公众页面: front page, plan and towns for everybody, without login."""
