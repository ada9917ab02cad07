"""A draft of a scheme is begun from another one, changed item by item, sent, approved by somebody else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from spectown.accounts.permissions import Permission
from spectown.audit import services as audit
from spectown.core.evaluation.schemelife import OPEN, SCHEME
from spectown.core.evaluation.sharing import code_of
from spectown.core.evaluation.table import Unusable
from spectown.core.evaluation.versions import differences
from spectown.core.evaluation.words import plainly
from spectown.core.evaluation.yearreading import read_year_scheme
from spectown.core.evaluation.yearscheme import GENERAL
from spectown.core.workflow import Attempt
from spectown.evaluation import schemes
from spectown.evaluation.models import Scheme, SchemeStep
from spectown.evaluation.telling import tell_approvers, tell_drafter
from spectown.lib.refusal import Refused
from spectown.monitoring.own import put_in_place
from spectown.organisations.actors import Actor
from spectown.plans.models import PlanVersion

Entry = Mapping[str, Any]
YEARS = range(2000, 2100)


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose scheme it is to be: the general one, or that of categories with what it is called."""

    code: str = GENERAL
    label: str = ""
    categories: tuple[str, ...] = ()


@transaction.atomic
def start(*, year: int, source: Entry, origin: str, reason: str, by: Actor, scope: Scope | None = None) -> Scheme:
    """Begin a draft for a year as a copy of `source`, of the general scheme or what `scope` says. Raises Refused."""
    by.require(Permission.EVALUATION_MANAGE)
    list(PlanVersion.objects.select_for_update().filter(is_current=True).values_list("pk", flat=True))
    if year not in YEARS:
        raise Refused("请填写四位数的年份。")
    if not reason.strip():
        raise Refused("请写明依据,如会议、文件。")
    content = _given_to({**deepcopy(dict(source)), "year": year}, scope or Scope())
    code = code_of(content)
    if lacking := _year_open(year, code):
        raise Refused("".join(lacking))
    if Scheme.objects.filter(year=year, code=code, state__in=OPEN).exists():
        raise Refused(f"{year}年度起的评估方案已有一稿在办理,请在那一稿上改,或先作废。")
    said = {"year": year, "code": code, "content": content, "origin": origin[:160]}
    made = Scheme.objects.create(**said, base=dict(source), made_by_id=by.person)
    _step(made, "start", f"抄自{origin}", reason, by)
    audit.record(
        by=by, action="scheme.start", obj=made, after={"year": year, "scheme": code, "from": origin}, reason=reason
    )
    return made


@transaction.atomic
def edit(*, scheme: Scheme, edition: int, change: Callable[[Entry], Entry], label: str, by: Actor) -> Scheme:
    """Change a draft; `edition`: the one that the person had before their eyes. Raises Refused."""
    by.require(Permission.EVALUATION_MANAGE)
    found = _locked(scheme, by)
    if found.state != "draft":
        raise Refused(f"方案稿{found.state_label},不能改动。")
    if found.edition != edition:
        raise Refused("方案稿刚被他人改动,请核对后再保存;您填的内容还在。")
    before = found.content
    try:
        after = dict(change(before))
        read_year_scheme(after)
    except Unusable as fault:
        raise Refused(plainly(str(fault))) from fault
    rows = differences(before, after, schemes.names())
    if before == after:
        raise Refused("没有改动任何一项。")
    found.content, found.edition = after, found.edition + 1
    found.save(update_fields=["content", "edition"])
    _step(found, "edit", label, "", by)
    left, right = ({row.label: getattr(row, side) for row in rows} for side in ("before", "after"))
    audit.record(by=by, action="scheme.edit", obj=found, before=left, after=right)
    return found


def refusals(*, scheme: Scheme, code: str, by: Actor, reason: str = "", asking: bool = False) -> list[str]:
    """Why the actor cannot make the move now; empty = can."""
    held = frozenset(str(permission) for permission in by.permissions)
    if scheme.state not in SCHEME.move(code).sources:
        return SCHEME.refusals(code, scheme.state, Attempt(held, by.user_id, {}, reason, {}), asking=asking)
    conditions = {need: _LOOK[need](scheme) for need in SCHEME.move(code).needs}
    doers = dict(scheme.steps.order_by("pk").values_list("code", "made_by_id"))
    return SCHEME.refusals(code, scheme.state, Attempt(held, by.user_id, doers, reason, conditions), asking=asking)


@transaction.atomic
def move(*, scheme: Scheme, code: str, by: Actor, reason: str = "") -> Scheme:
    """Send, take back, return, approve, drop. Raises Refused with everything that stands against it."""
    list(PlanVersion.objects.select_for_update().filter(is_current=True).values_list("pk", flat=True))
    found = _locked(scheme, by)
    if reasons := refusals(scheme=found, code=code, by=by, reason=reason):
        raise Refused("".join(reasons))
    before, chosen = found.state, SCHEME.move(code)
    found.state = chosen.target
    if found.state not in OPEN:
        found.decided_at, found.decided_by_id = timezone.now(), by.person
    found.save()
    _step(found, code, chosen.label, reason, by)
    for effect in chosen.effects:
        if effect == "put_in_force":
            _put_in_force(found, by, reason)
        else:
            _TELL[effect](found)
    said = {"state": found.state, "year": found.year, "scheme": found.code}
    audit.record(by=by, action=f"scheme.{code}", obj=found, before={"state": before}, after=said, reason=reason)
    return found


@transaction.atomic
def keep_own(*, year: int, by: Actor, reason: str, code: str = GENERAL) -> None:
    """The plan was loaded anew and says something else; the approved scheme stays. Raises Refused."""
    by.require(Permission.EVALUATION_MANAGE)
    if not reason.strip():
        raise Refused("请写明理由。")
    row = next((each for each in schemes.conflicts() if (each.since, each.code) == (year, code)), None)
    if row is None:
        raise Refused("这一方案与方案文件没有冲突,可能已经处理。")
    made = put_in_place(
        at=schemes.at(year, code), data=row.data, base=schemes.of_plan(year, code), by=by, reason=reason
    )
    audit.record(by=by, action="scheme.keep", obj=made, after={"year": year, "scheme": code}, reason=made.reason)


def _given_to(content: dict[str, Any], scope: Scope) -> dict[str, Any]:
    """The copy as a version of the scheme that it is to be. Raises Refused."""
    for name in ("code", "label", "categories", "ended"):
        content.pop(name, None)
    if scope.code != GENERAL:
        content |= {"code": scope.code, "label": scope.label.strip(), "categories": list(scope.categories)}
        content["groups"] = [each for each in content["groups"] if set(each["categories"]) & set(scope.categories)]
    try:
        read_year_scheme(content)
    except Unusable as fault:
        raise Refused(plainly(str(fault))) from fault
    return content


def _locked(scheme: Scheme, by: Actor) -> Scheme:
    found = Scheme.objects.select_for_update().filter(pk=scheme.pk).first()
    if found is None or not Scheme.objects.visible_to(by).filter(pk=scheme.pk).exists():
        raise Refused("没有这一稿评估方案,或者它不在您的范围内。")
    return found


def _step(scheme: Scheme, code: str, label: str, reason: str, by: Actor) -> None:
    SchemeStep.objects.create(scheme=scheme, code=code, label=label[:120], reason=reason.strip(), made_by_id=by.person)


def _year_open(year: int, code: str) -> tuple[str, ...]:
    frozen = schemes.frozen_from(year, code)
    if frozen is None:
        return ()
    return (f"{frozen.name}已冻结数据,所用的方案不能再改;请从 {frozen.year + 1} 年度或以后起用。",)


def _changed(scheme: Scheme) -> tuple[str, ...]:
    same = not differences(scheme.base, {**scheme.content, "year": scheme.base["year"]}, {})
    return ("与抄来的方案没有不同,不必提请审定。",) if same else ()


def _put_in_force(scheme: Scheme, by: Actor, reason: str) -> None:
    base = schemes.of_plan(scheme.year, scheme.code)
    put_in_place(at=schemes.at(scheme.year, scheme.code), data=scheme.content, base=base, by=by, reason=reason)


_LOOK: Mapping[str, Callable[[Scheme], tuple[str, ...]]] = {
    "scheme_complete": lambda scheme: tuple(schemes.lacks(scheme.content)),
    "scheme_changed": _changed,
    "categories_free": lambda scheme: tuple(schemes.overlapping(scheme.content)),
    "year_open": lambda scheme: _year_open(scheme.year, scheme.code),
}
_TELL: Mapping[str, Callable[[Scheme], None]] = {"tell_approvers": tell_approvers, "tell_drafter": tell_drafter}
