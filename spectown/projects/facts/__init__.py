"""Rows of projects as the core wants them."""

from spectown.projects.facts.lights import Figures, figures_of, settings_groups
from spectown.projects.facts.rates import rate_rows

__all__ = ["Figures", "figures_of", "rate_rows", "settings_groups"]
