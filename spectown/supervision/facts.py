"""What the conditions of a move look at, each read once and only where it is asked for."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django.utils import timezone

from spectown.core.supervision.deadlines import Term
from spectown.core.workdays import Calendar
from spectown.organisations.actors import Actor
from spectown.plans.calendar import stored_calendar
from spectown.supervision.models import Step, Work
from spectown.supervision.registry import Kind, kind_of
from spectown.supervision.terms import term_of


class Facts:
    """A piece of work as a move sees it. `move`: its code; `values`: what is filled in with it.

    `asking`: whether the move is open at all, before anything is filled in.
    """

    def __init__(self, work: Work, by: Actor, move: str = "", values: Mapping[str, Any] | None = None) -> None:
        self.work, self.by, self.move, self.values = work, by, move, dict(values or {})
        self.asking = False
        self.on: datetime.date = timezone.localdate()

    @property
    def kind(self) -> Kind:
        """The kind of the work."""
        return kind_of(self.work.kind)

    @cached_property
    def row(self) -> Any:
        """The kind's own row (Measure, Report, Problem, Notice)."""
        return getattr(self.work, self.work.kind)

    @cached_property
    def steps(self) -> list[Step]:
        """All moves so far, oldest first."""
        return list(self.work.steps.select_related("by").order_by("pk"))

    @property
    def doers(self) -> dict[str, int | None]:
        """Who made each move last."""
        return {step.move: step.by_id for step in self.steps}

    @cached_property
    def calendar(self) -> Calendar:
        """Working days."""
        return stored_calendar()

    @cached_property
    def term(self) -> Term | None:
        """The deadline with all that moved it; None where the work has none."""
        return term_of(self.work)
