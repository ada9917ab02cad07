"""The office changes what is collected: each change is drafted, looked at, then saved with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from spectown.accounts.permissions import Permission
from spectown.audit import services as audit
from spectown.core.monitoring import editing
from spectown.core.periods import Period, of_code
from spectown.lib.refusal import Refused
from spectown.monitoring.catalogue import KEYS, in_force, keep_indicators, place_of
from spectown.monitoring.drafts import Draft, differences, drafted, entries_of, standing, taken
from spectown.monitoring.enums import DefinitionKind
from spectown.monitoring.models import Definition
from spectown.monitoring.own import At, put_in_place
from spectown.organisations.actors import Actor
from spectown.plans.models import PlanVersion

INDICATOR, FORM, CHECK = DefinitionKind.INDICATOR, DefinitionKind.FORM, DefinitionKind.CHECK
Values = Mapping[str, Any]


def added(values: Values, kind: DefinitionKind = INDICATOR) -> Draft:
    """A new indicator, report form or rule (which holds at once). Raises Refused."""
    code = str(values.get("code", ""))
    if entries_of(kind, code):
        raise Refused(f"代码 {code} 已经有了,请换一个。")
    since = 0 if kind == CHECK else _since(values)
    return Draft(kind, code, since, editing.put({}, values), {}, "add")


def next_version(kind: DefinitionKind, code: str, values: Values) -> Draft:
    """An indicator or a form told otherwise from a period on. Raises Refused."""
    before = standing(kind, code)
    data = editing.put(before, values)
    _require(editing.version_refusals(before, data, taken(kind, code)))
    return Draft(kind, code, _since(values), data, before, "version")


def corrected(code: str, since: int, values: Values) -> Draft:
    """A version of an indicator said better: what its figure is stays. Raises Refused."""
    before = standing(INDICATOR, code, since)
    data = editing.put(before, {name: value for name, value in values.items() if name in editing.CORRECTED})
    _require([] if data != before else ["没有改动任何一项。"])
    return Draft(INDICATOR, code, since, data, before, "correct")


def rule_changed(code: str, values: Values) -> Draft:
    """A rule: sentence, severity, bounds, on or off. Raises Refused."""
    before = standing(CHECK, code)
    own = ("says", "severity", "off", *editing.BOUNDS)
    data = editing.put(before, {name: value for name, value in values.items() if name in own})
    _require([] if data != before else ["没有改动任何一项。"])
    return Draft(CHECK, code, 0, data, before, "check")


def ended(kind: DefinitionKind, code: str, until: str) -> Draft:
    """An indicator or a form is told for the last time. Raises Refused."""
    before = standing(kind, code)
    last = _period(until)
    if last.code == before.get("until"):
        raise Refused("最后一期没有改动。")
    _require(editing.end_refusals(before, last, taken(kind, code)))
    since = of_code(str(before["since"])).ordinal
    return Draft(kind, code, since, editing.put(before, {"until": last.code}), before, "end")


def restored(kind: DefinitionKind, code: str, since: int) -> Draft:
    """The place as the plan has it; a version of our own is taken back. Raises Refused."""
    plan = in_force().plan_entry(kind, code, since)
    if any((each.kind, each.code, each.since) == (kind, code, since) for each, _ in in_force().left_out):
        return Draft(kind, code, since, None, plan or {}, "restore")
    before = standing(kind, code, since)
    if plan == before:
        raise Refused("这一条与方案一致。")
    if kind != CHECK and (plan is None or _is_another(before, plan)):
        _require(editing.not_backwards(of_code(str(before["since"])), taken(kind, code)))
    return Draft(kind, code, since, None, before, "restore")


def _is_another(one: Values, other: Values) -> bool:
    names = (*editing.VERSIONED, "groups", "window", "footer", "filled_by")
    return any(one.get(name) != other.get(name) for name in names)


@transaction.atomic
def save(*, draft: Draft, by: Actor, reason: str) -> Definition:
    """Keep a draft, so that it holds everywhere from now on. Raises Refused, NotAllowed."""
    by.require(Permission.INDICATOR_MANAGE)
    if not reason.strip():
        raise Refused("请写明理由。")
    _alone(draft)
    drafted(draft)
    made = take_place(draft, by, reason)
    keep_indicators()
    left, right = differences(draft)
    said = {"before": left, "after": {"代码": draft.code, **right}}
    if draft.action == "restore":
        audit.record(by=by, action="definition.restore", obj=made, reason=made.reason, **said)
    else:
        audit.record(by=by, action="definition.change", obj=made, reason=made.reason, **said)
    return made


def _alone(draft: Draft) -> None:
    """One change at a time: what was drafted must still be what stands there."""
    list(PlanVersion.objects.select_for_update().filter(is_current=True).values_list("pk", flat=True))
    key, place = KEYS[draft.kind], (draft.code, draft.since)
    now = entries_of(draft.kind, draft.code)
    there = [each for each in now if place_of(key, each) == place]
    expected = [draft.before] if draft.before and place_of(key, draft.before) == place else []
    if there != expected or (draft.before and draft.before not in now):
        raise Refused("这一条刚被他人改动,请刷新后再改。")


def take_place(draft: Draft, by: Actor, reason: str) -> Definition:
    """Write it in the place of what stood there."""
    base = in_force().plan_entries(draft.kind, draft.code)
    at = At(draft.kind, draft.code, draft.since)
    return put_in_place(at=at, data=draft.data, base=base, by=by, reason=reason)


def _since(values: Values) -> int:
    return _period(str(values.get("since", ""))).ordinal


def _period(code: str) -> Period:
    try:
        return of_code(code)
    except ValueError as fault:
        raise Refused(f"{fault}。") from fault


def _require(refusals: list[str]) -> None:
    if refusals:
        raise Refused("".join(refusals))
