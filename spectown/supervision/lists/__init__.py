"""The lists of dated work as declared."""

from spectown.supervision.lists.measures import MEASURES

LISTS = (MEASURES,)
