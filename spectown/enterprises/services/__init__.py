"""Look-alikes: found, told apart, merged."""

from spectown.enterprises.services.duplicates import decide_distinct, search
from spectown.enterprises.services.merging import merge

__all__ = ["decide_distinct", "merge", "search"]
