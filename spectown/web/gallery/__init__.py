"""组件: every component in all its states on one page."""
