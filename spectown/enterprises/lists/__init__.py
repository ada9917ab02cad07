"""The lists of this app as declared."""

from spectown.enterprises.lists.honours import HONOURS
from spectown.enterprises.lists.register import ENTERPRISES
from spectown.enterprises.lists.towns import TOWN_MEMBERSHIPS
from spectown.enterprises.lists.years import YEARS

LISTS = (ENTERPRISES, TOWN_MEMBERSHIPS, HONOURS, YEARS)

__all__ = ["ENTERPRISES", "HONOURS", "LISTS", "TOWN_MEMBERSHIPS", "YEARS"]
