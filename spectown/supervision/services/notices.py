"""Supervision notices before they go anywhere: written, changed, or decided against; the figure looked at again."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from spectown.accounts.models import Installation
from spectown.accounts.permissions import Permission
from spectown.audit import services as audit
from spectown.core.supervision.noticesettings import HAND
from spectown.core.supervision.outcome import Better
from spectown.core.supervision.triggers import Proposal
from spectown.lib.refusal import Refused
from spectown.organisations.actors import Actor
from spectown.organisations.models import Unit
from spectown.supervision.models import Demand, Notice, NoticeFigure, SetAside, Work
from spectown.supervision.notices.figures import BY_CODE, value_of
from spectown.supervision.services.moves import locked
from spectown.towns.models import Town

TEXTS = ("said", "clause", "problems", "evidence", "contact", "phone", "excess_reason", "plan_due")


@dataclass(frozen=True, slots=True)
class FigureWanted:
    """The figure by which the effect will be judged; `code` empty: typed in, with its value."""

    label: str
    code: str = ""
    about: str = ""
    unit: str = ""
    better: str = Better.UP.value
    before: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """What a notice says. `demands`: text and day; `deadline`: of the result. Gaps are allowed until it is sent on."""

    title: str
    unit: Unit | None = None
    town: Town | None = None
    said: str = ""
    clause: str = "四(五)"
    problems: Sequence[Mapping[str, str]] = ()
    evidence: Sequence[Mapping[str, str]] = ()
    demands: Sequence[tuple[str, datetime.date]] = ()
    plan_due: datetime.date | None = None
    deadline: datetime.date | None = None
    affected: Unit | None = None
    contact: str = ""
    phone: str = ""
    excess_reason: str = ""
    figure: FigureWanted | None = None
    trigger: str = HAND
    keys: Sequence[str] = field(default_factory=tuple)
    occasion: str = ""


@transaction.atomic
def begin(*, draft: Draft, by: Actor) -> Notice:
    """Write a notice, from a trigger or by hand. Raises Refused where one about the same occurrence is open."""
    by.require(Permission.PLAN_MANAGE)
    if draft.occasion and _open_for(draft.occasion) is not None:
        raise Refused("这一情形已有一件督办通知书,请打开原稿办理。")
    work = Work.objects.create(kind="notice", title=_title(draft), state="draft", is_demo=_is_demo())
    notice = Notice(
        work=work, trigger=draft.trigger, keys=list(draft.keys), occasion=draft.occasion, made_by_id=by.person
    )
    _write(notice, draft)
    audit.record(by=by, action="notice.begin", obj=notice, after=_said(notice, draft))
    return notice


@transaction.atomic
def change(*, notice: Notice, draft: Draft, by: Actor) -> Notice:
    """Change a draft. Raises Refused once it was sent to be checked."""
    by.require(Permission.PLAN_MANAGE)
    work = locked(notice.work, by)
    if work.state != "draft":
        raise Refused(f"督办通知书处于“{work.state_label}”,不能修改;需要修改的,请先退回。")
    found = Notice.objects.select_related("work").get(work=work)
    _write(found, draft)
    audit.record(by=by, action="notice.edit", obj=found, after=_said(found, draft))
    return found


@transaction.atomic
def set_aside(*, proposal: Proposal, reason: str, by: Actor) -> SetAside:
    """Decide that this occurrence is not followed by a notice. Raises Refused without a reason."""
    by.require(Permission.PLAN_MANAGE)
    if not reason.strip():
        raise Refused("请写明不督办的理由。")
    today, matter = timezone.localdate(), proposal.matter
    values = {"title": matter.title[:200], "reason": reason.strip(), "made_on": today, "made_at": timezone.now()}
    found, made = SetAside.objects.get_or_create(occasion=matter.occasion, defaults={**values, "made_by_id": by.person})
    if not made:
        raise Refused(f"{found.made_on} 已定不督办:{found.reason}")
    audit.record(by=by, action="notice.set_aside", obj=found, after={"occasion": matter.occasion}, reason=reason)
    return found


@transaction.atomic
def look_again(*, notice: Notice, value: Decimal | None, by: Actor) -> NoticeFigure:
    """Take the figure again after 销号: by the system, or as typed. Raises Refused before its day."""
    by.require(Permission.PLAN_MANAGE)
    locked(notice.work, by)
    figure = NoticeFigure.objects.select_for_update().filter(notice=notice).first()
    today = timezone.localdate()
    if figure is None or figure.look_on is None:
        raise Refused("没有约定比对的数据,或者还没有销号。")
    if today < figure.look_on:
        raise Refused(f"约定 {figure.look_on} 比对,还没有到。")
    figure.after, figure.looked_on = value_of(figure, today) if figure.code else value, today
    figure.save(update_fields=["after", "looked_on"])
    audit.record(by=by, action="notice.look", obj=figure, after={"before": figure.before, "after": figure.after})
    return figure


def _open_for(occasion: str) -> Notice | None:
    return Notice.objects.filter(occasion=occasion).exclude(work__state__in=("closed", "withdrawn")).first()


def _title(draft: Draft) -> str:
    if not draft.title.strip():
        raise Refused("请填写督办事由。")
    return draft.title.strip()[:200]


def _write(notice: Notice, draft: Draft) -> None:
    """Put everything into the rows; demands are numbered anew."""
    work = notice.work
    work.title, work.holder, work.town = _title(draft), draft.unit, draft.town
    work.territory = draft.town.territory if draft.town else draft.unit.territory if draft.unit else None
    work.first_deadline = work.deadline = draft.deadline
    work.save()
    for name in TEXTS:
        value = getattr(draft, name)
        setattr(notice, name, list(value) if isinstance(value, tuple) else value)
    notice.affected = draft.affected
    notice.save()
    notice.demands.all().delete()
    Demand.objects.bulk_create(
        Demand(notice=notice, number=number, text=text, due=due)
        for number, (text, due) in enumerate(draft.demands, start=1)
    )
    _write_figure(notice, draft.figure)


def _write_figure(notice: Notice, wanted: FigureWanted | None) -> None:
    NoticeFigure.objects.filter(notice=notice).delete()
    if wanted is None:
        return
    known = BY_CODE.get(wanted.code)
    given = {"label": wanted.label, "unit": wanted.unit, "better": wanted.better, "before": wanted.before}
    if known:
        given = {"label": known.label, "unit": known.unit, "better": known.better.value, "before": None}
    NoticeFigure.objects.create(notice=notice, code=wanted.code, about=wanted.about, **given)


def _said(notice: Notice, draft: Draft) -> dict[str, Any]:
    return {
        "title": notice.work.title,
        "unit": str(draft.unit or ""),
        "trigger": notice.trigger,
        "deadline": draft.deadline,
        "demands": [text for text, _ in draft.demands],
    }


def _is_demo() -> bool:
    return Installation.is_demo()
