"""The lists of dated work as declared."""

from spectown.supervision.lists.measures import MEASURES
from spectown.supervision.lists.problems import PROBLEMS

LISTS = (MEASURES, PROBLEMS)
