"""Django-aware, domain-free building blocks: Excel, commands."""
