"""Until when a unit can send what it has begun: the window of a round, and exceptions from it."""

from __future__ import annotations

import datetime

from spectown.rounds.models import Case


def sent_until(case: Case) -> datetime.date:
    """The last day for a draft: of the window in its rules, of one published since, or of the unit's exception.

    Without a query where `round__rules_versions` and `round__late_entries` are prefetched.
    """
    published = [each.rules.window.closes for each in case.round.rules_versions.all() if each.published_at]
    late = [each.until for each in case.round.late_entries.all() if each.unit_id == case.unit_id]
    return max([case.rules.rules.window.closes, *published[-1:], *late])
