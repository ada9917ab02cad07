"""The kinds of dated work, each in a module of its own."""

from spectown.supervision.kinds.measures import MEASURE_KIND
from spectown.supervision.kinds.notices import NOTICES
from spectown.supervision.kinds.problems import PROBLEM_KIND
from spectown.supervision.kinds.reports import REPORT_KIND

KINDS = (MEASURE_KIND, REPORT_KIND, PROBLEM_KIND, NOTICES)
