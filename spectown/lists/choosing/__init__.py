"""Rows of one list as an address asks for them: filters, search, order, page, count (docs/algorithms/list-pages.md)."""

from spectown.lists.choosing.choice import Choice, choose
from spectown.lists.choosing.counting import Count, sums
from spectown.lists.choosing.filters import Filter, Option
from spectown.lists.choosing.links import Chip

__all__ = ["Chip", "Choice", "Count", "Filter", "Option", "choose", "sums"]
