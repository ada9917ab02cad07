"""Monitoring in the browser: sheets, certification, who has not reported, the one table."""
