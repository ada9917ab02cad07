"""What several documents say alike of a case: its town, its figures as they were sent, the last day of its term."""

from __future__ import annotations

import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from spectown.plans.calendar import stored_calendar
from spectown.rounds.course import ball_of
from spectown.rounds.facts import Facts
from spectown.rounds.models import Case, Decision, DueDocument
from spectown.web.towns.filters import category_names


def town_of(case: Case) -> str:
    """Name of the town."""
    return case.town.name if case.town else case.application.town_name


def row_of(case: Case) -> dict[str, Any]:
    """A town in a list of a notice."""
    facts = Facts(case)
    path = facts.result.paths[facts.result.nearest].rule.label
    category = category_names().get(case.application.category, case.application.category)
    plain = {"town": town_of(case), "county": case.unit.name, "industry": case.application.leading_industry}
    return plain | {"path": path, "category": category}


def sent_number(case: Case, field: str) -> Decimal | None:
    """A figure as it was sent last; None where it was not reported."""
    version = case.versions.order_by("number").last()
    value = version.content["fields"].get(field) if version else None
    try:
        found = None if value is None else Decimal(str(value))
    except InvalidOperation:
        return None
    return found.quantize(Decimal(1)) if found is not None and found == found.to_integral() else found


def term_of(due: DueDocument) -> dict[str, datetime.date]:
    """The last day of the term that the step set going, as `due`; nothing where there is none."""
    steps = list(due.case.steps.filter(pk__lte=due.step_id).order_by("pk"))
    clock = ball_of(due.case, steps, stored_calendar(), due.step.on).clock
    return {"due": clock.due} if clock and clock.due else {}


def decision_of(case: Case) -> Decision | None:
    """The newest decision of the leading group."""
    return case.decisions.filter(decided_at__isnull=False).order_by("pk").last()
