"""Index of short texts for "contains" in tables of a million rows; rules: docs/algorithms/list-pages.md."""

from spectown.lib.search.finding import lookup
from spectown.lib.search.operations import SearchIndex

__all__ = ["SearchIndex", "lookup"]
