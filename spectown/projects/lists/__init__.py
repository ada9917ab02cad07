"""The lists of this app as declared."""

from spectown.projects.lists.leads import LEADS
from spectown.projects.lists.projects import PROJECTS
from spectown.projects.lists.reports import MONTHS, YEARS

LISTS = (PROJECTS, YEARS, MONTHS, LEADS)

__all__ = ["LEADS", "LISTS", "MONTHS", "PROJECTS", "YEARS"]
