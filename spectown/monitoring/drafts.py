"""A change of what is collected, worked out and looked at before it is saved; nothing is written here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Max

from spectown.core.monitoring import editing
from spectown.core.monitoring.consequences import Load, Uses, loads, uses
from spectown.core.monitoring.entries import entry_faults
from spectown.core.monitoring.plandata import PlanData, read_plan_data
from spectown.core.monitoring.reading import Known, MonitoringFault
from spectown.core.periods import Period, of_code, of_ordinal
from spectown.lib.refusal import Refused
from spectown.monitoring.catalogue import KEYS, in_force, place_of, with_own
from spectown.monitoring.enums import DefinitionKind
from spectown.monitoring.models import Cell, Definition, FormPeriod
from spectown.organisations.models import Unit
from spectown.plans.models import Category, Clause
from spectown.towns.models import Town

Entry = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Draft:
    """What a place (kind, code, first period) is to read; without `data` what the plan says. `before`: as it reads."""

    kind: DefinitionKind
    code: str
    since: int
    data: dict[str, Any] | None
    before: Entry
    action: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What a draft changes: items before and after, who uses it, from when on, which forms ask more or less."""

    left: Mapping[str, Any]
    right: Mapping[str, Any]
    uses: Uses
    since: Period | None
    loads: list[Load]


def entries_of(kind: DefinitionKind, code: str) -> list[dict[str, Any]]:
    """Entries of a code as they stand, the earliest first."""
    state = in_force()
    dropped = {each.pk for each, _ in state.left_out}
    found = with_own(state.stored, [each for each in state.own if each.pk not in dropped])[KEYS[kind]]
    return sorted((each for each in found if each["code"] == code), key=lambda each: place_of(KEYS[kind], each)[1])


def standing(kind: DefinitionKind, code: str, since: int | None = None) -> dict[str, Any]:
    """The entry of a place, the latest one where no period is named. Raises Refused."""
    found = entries_of(kind, code)
    chosen = [each for each in found if since is None or place_of(KEYS[kind], each)[1] == since]
    if not chosen:
        raise Refused("没有这一条,可能刚被改动,请刷新后再试。")
    return chosen[-1]


def taken(kind: DefinitionKind, code: str) -> Period | None:
    """The last period that was opened with it: sheets of its forms, else its cells; None = never."""
    codes = [code] if kind == DefinitionKind.FORM else [f.code for f in in_force().data.forms if code in f.codes]
    found = [FormPeriod.objects.filter(form__in=codes).aggregate(last=Max("ordinal"))["last"]]
    if kind == DefinitionKind.INDICATOR:
        found.append(Cell.objects.filter(indicator__code=code).aggregate(last=Max("ordinal"))["last"])
    ordinals = [ordinal for ordinal in found if ordinal]
    return max((of_ordinal(ordinal) for ordinal in ordinals), default=None)


def drafted(draft: Draft) -> PlanData:
    """All as it would read with the draft. Raises Refused with everything that does not hang together."""
    state = in_force()
    left = {each.pk for each, _ in state.left_out}
    own = [each for each in state.own if each.pk not in left and _place(each) != (draft.kind, draft.code, draft.since)]
    own.append(Definition(kind=draft.kind, code=draft.code, since=draft.since, data=draft.data))
    try:
        data = read_plan_data(with_own(state.stored, own))
    except MonitoringFault as fault:
        raise Refused(editing.plainly(str(fault))) from fault
    if faults := _unknown(draft, data):
        raise Refused(editing.plainly("。".join(faults) + "。"))
    return data


def _place(row: Definition) -> tuple[str, str, int]:
    return row.kind, row.code, row.since


def _unknown(draft: Draft, data: PlanData) -> list[str]:
    """Units, clauses, categories that the entry names and that do not exist; looked at where a plan has them."""
    clauses = set(Clause.objects.filter(version__is_current=True).values_list("ref", flat=True)) or None
    if draft.kind != DefinitionKind.INDICATOR:
        clause = (draft.data or {}).get("clause")
        return [f"方案中没有条款 {clause}"] if clause and clauses and clause not in clauses else []
    categories = set(Category.objects.filter(version__is_current=True).values_list("code", flat=True)) or None
    known = Known(set(Unit.objects.values_list("code", flat=True)), clauses, categories)
    found = [e for e in data.catalogue.versions.get(draft.code, ()) if e.since.ordinal == draft.since]
    return [fault for each in found for fault in entry_faults(each, known)]


def differences(draft: Draft) -> tuple[dict[str, Any], dict[str, Any]]:
    """Items that read differently afterwards, by their words."""
    after = draft.data or in_force().plan_entry(draft.kind, draft.code, draft.since) or {}
    return editing.differing(draft.before, after)


def preview(draft: Draft) -> Preview:
    """What it changes. Raises Refused."""
    before, after = in_force().data, drafted(draft)
    left, right = differences(draft)
    since = of_ordinal(draft.since) if draft.since else None
    if draft.action == "end" and draft.data:
        since = of_code(str(draft.data["until"]))
    towns = Counter(Town.objects.values_list("category", flat=True))
    more = loads(before, after, since, towns) if since else []
    used = uses(after, draft.code) if draft.kind == DefinitionKind.INDICATOR else Uses((), (), ())
    return Preview(left, right, used, since, more)
