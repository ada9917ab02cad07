"""What the conditions of a move look at, each read once and only where it is asked for."""

from __future__ import annotations

import datetime
from functools import cached_property

from django.utils import timezone

from spectown.certification.facts import result_of
from spectown.certification.models import JudgementRecord
from spectown.core.certification.result import CheckResult
from spectown.core.rounds.rules import Rules
from spectown.core.workdays import Calendar
from spectown.plans.calendar import stored_calendar
from spectown.rounds.checking import result_of_version
from spectown.rounds.models import (
    Case,
    CaseVersion,
    CorrectionItem,
    Decision,
    ItemVerdict,
    Material,
    PublicityEntry,
    Ruling,
    Step,
    Title,
)
from spectown.rounds.verdicts import counting


class Facts:
    """A case as its conditions see it on a day. `move`: code of the move that is asked about."""

    def __init__(self, case: Case, on: datetime.date | None = None) -> None:
        self.case, self.on = case, on or timezone.localdate()
        self.move = ""

    @cached_property
    def rules(self) -> Rules:
        """The rules under which the case runs."""
        return self.case.rules.rules

    @cached_property
    def calendar(self) -> Calendar:
        """Working days."""
        return stored_calendar()

    @cached_property
    def steps(self) -> list[Step]:
        """All moves so far, oldest first."""
        return list(self.case.steps.order_by("pk"))

    @cached_property
    def materials(self) -> dict[str, Material]:
        """The file that counts now, by item."""
        return {each.item: each for each in self.case.materials.filter(replaced_at__isnull=True)}

    @cached_property
    def versions(self) -> list[CaseVersion]:
        """All pinned versions, oldest first."""
        return list(self.case.versions.order_by("number"))

    @property
    def version(self) -> CaseVersion | None:
        """The newest pinned version."""
        return self.versions[-1] if self.versions else None

    @cached_property
    def verdicts(self) -> dict[str, ItemVerdict]:
        """The verdict of each item that counts for the newest version."""
        return counting(ItemVerdict.objects.filter(case=self.case).order_by("pk"), self.versions)

    @cached_property
    def corrections(self) -> list[CorrectionItem]:
        """Items of all corrections."""
        return list(self.case.correction_items.order_by("pk"))

    @property
    def open_items(self) -> list[CorrectionItem]:
        """Items that are open now."""
        return [each for each in self.corrections if each.closed_at is None]

    @cached_property
    def rulings(self) -> list[Ruling]:
        """Written decisions about what is undetermined, oldest first."""
        return list(self.case.rulings.select_related("made_by").order_by("pk"))

    @cached_property
    def result(self) -> CheckResult:
        """The pre-check of what was sent last, under the rules of the case; of a draft as it is now."""
        application, version = self.case.application, self.version
        if version is None:
            return result_of(application, self.on)
        found = JudgementRecord.objects.filter(application=application, lapsed_revision__isnull=True)
        judgements = found.select_related("judged_by").order_by("pk")
        return result_of_version(self.case, version, self.rules, judgements, self.rulings)

    @cached_property
    def decision(self) -> Decision | None:
        """The newest proposal or decision."""
        return self.case.decisions.order_by("pk").last()

    @cached_property
    def entry(self) -> PublicityEntry | None:
        """The case in the publicity that counts."""
        return self.case.publicity_entries.filter(voided_at__isnull=True).select_related("publicity").last()

    @cached_property
    def title(self) -> Title | None:
        """The newest title of the town at the level of city, whatever its state."""
        if self.case.town_id is None:
            return None
        return Title.objects.filter(town_id=self.case.town_id, level="city").order_by("granted_on", "pk").last()

    def entered(self, state: str) -> Step | None:
        """The last step into a state."""
        return next((step for step in reversed(self.steps) if step.state == state), None)
