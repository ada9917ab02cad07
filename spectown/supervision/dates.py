"""What stands in a person's calendar: own deadlines; for office and leaders what they supervise, meetings; visits."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from django.db.models import Count, QuerySet
from django.urls import reverse

from spectown.accounts.permissions import PERMISSIONS, Permission, Role
from spectown.core.lights import Level as Light
from spectown.core.supervision.words import CHECK, FILL
from spectown.organisations.actors import Actor, actor_for
from spectown.organisations.models import Membership
from spectown.outbox.registry import Entry, dates
from spectown.supervision.enums import WorkKind
from spectown.supervision.models import Meeting, Visit, Work

MOST = 1000
BACK = datetime.timedelta(31)  # how long something that is over still stands there
SINGLE = (WorkKind.MEASURE, WorkKind.PROBLEM, WorkKind.NOTICE)  # for the office one by one
MANY = (WorkKind.REPORT, WorkKind.SHEET)  # for the office one entry a day
ALARMS = (Light.RED.value, Light.YELLOW.value)  # what a leader has to ask about


def address(work: Work) -> str:
    """Path that leads to the page of the work's kind."""
    return reverse("duties:work", args=[work.pk])


def actors_of(user_id: int, today: datetime.date) -> list[Actor]:
    """In which roles the person acts today."""
    held = Membership.objects.valid_on(today).filter(user_id=user_id).select_related("user", "unit")
    return [actor_for(row) for row in held]


@dates("supervision.work")
def deadlines(user_id: int, today: datetime.date) -> Iterable[Entry]:
    """Deadlines of the running works of the units for which the person fills or checks."""
    held = Membership.objects.valid_on(today).filter(user_id=user_id).values_list("unit_id", "role")
    units = {unit for unit, role in held if {str(p) for p in PERMISSIONS[Role(role)]} & {FILL, CHECK}}
    works = Work.objects.running().filter(holder__in=units, deadline__isnull=False).select_related("holder")
    yield from (_entry(work, "期限") for work in works.order_by("deadline", "pk")[:MOST])


@dates("supervision.overseen")
def overseen(user_id: int, today: datetime.date) -> Iterator[Entry]:
    """Office: every measure, problem and notice, report days in one entry a day. Leaders: what is red or yellow."""
    actors = actors_of(user_id, today)
    works = Work.objects.running().filter(deadline__isnull=False)
    if any(actor.may(Permission.PLAN_MANAGE) for actor in actors):
        yield from (_entry(work, "督办期限") for work in _nearest(works.filter(kind__in=SINGLE)))
        yield from _days(works.filter(kind__in=MANY))
    elif any(actor.may(Permission.PLAN_DECIDE) for actor in actors):
        alarmed = works.filter(kind__in=SINGLE, light__in=ALARMS)
        yield from (_entry(work, work.get_light_display() + "灯") for work in _nearest(alarmed))


def _nearest(works: QuerySet[Work]) -> QuerySet[Work]:
    return works.select_related("holder").order_by("deadline", "pk")[:MOST]


def _entry(work: Work, word: str) -> Entry:
    guess = "(暂定)" if work.provisional else ""
    text = f"{work.get_kind_display()},承办单位:{work.holder or '未定'}。{work.light_why}"
    day = work.deadline or work.since
    return Entry(f"work-{work.pk}", day, f"{word}{guess}:{work.title}", text, address(work))


def _days(works: QuerySet[Work]) -> Iterator[Entry]:
    """How many reports are due on each day."""
    rows = works.order_by("deadline", "kind").values_list("deadline", "kind").annotate(count=Count("pk"))
    for day, kind, count in rows:
        label, url = WorkKind(kind).label, f"{reverse('supervision:works')}?kind={kind}"
        yield Entry(f"due-{kind}-{day}", day, f"报送日:{count} 份{label}到期", f"还没有报送的{label}。", url)


@dates("supervision.meetings")
def meetings(user_id: int, today: datetime.date) -> Iterator[Entry]:
    """推进会 of those who may see them: office and leaders."""
    for actor in actors_of(user_id, today):
        for row in Meeting.objects.visible_to(actor).filter(day__gte=today - BACK).order_by("day", "pk"):
            text = "".join(f"{label}:{said}。" for label, said in (("地点", row.place), ("主持人", row.chair)) if said)
            yield Entry(f"meeting-{row.pk}", row.day, f"推进会:{row}", text, reverse("meetings:meeting", args=[row.pk]))


@dates("supervision.visits")
def visits(user_id: int, today: datetime.date) -> Iterator[Entry]:
    """Planned 专项检查 and 调研: office and leaders all, others those to their towns. One entry a day of the visit."""
    for actor in actors_of(user_id, today):
        for row in Visit.objects.visible_to(actor).filter(state="planned", ends__gte=today - BACK).order_by("starts"):
            url = reverse("visits:visit", args=[row.pk])
            for number in range(min((row.ends - row.starts).days + 1, 31)):
                day = row.starts + datetime.timedelta(number)
                yield Entry(f"visit-{row.pk}-{number}", day, f"{row.get_kind_display()}:{row}", row.about, url)
