"""Where waiting work comes from. A later area adds its function here; the page does not change."""

from __future__ import annotations

from spectown.web.workbench import meetings, needs, notices, problems, rounds, visits, works
from spectown.web.workbench.administration import accounts, locked, log
from spectown.web.workbench.applications import handed_on, returned, waiting
from spectown.web.workbench.documents import documents, receipts
from spectown.web.workbench.parts import Source
from spectown.web.workbench.plan import checkup, duties, targets, unreviewed, version_notices
from spectown.web.workbench.reviews import reviews
from spectown.web.workbench.titles import titles

SOURCES: tuple[Source, ...] = (
    works.worst,
    returned,
    waiting,
    works.works,
    works.extensions,
    rounds.cases,
    rounds.papers,
    rounds.rules,
    titles,
    reviews,
    needs.needs,
    problems.problems,
    notices.notices,
    notices.standing,
    notices.looks,
    notices.proposed,
    meetings.meetings,
    meetings.decisions,
    visits.visits,
    receipts,
    documents,
    locked,
    accounts,
    checkup,
    version_notices,
    unreviewed,
    log,
    duties,
    targets,
    handed_on,
)
