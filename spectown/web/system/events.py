"""Events as the log pages show them: chosen by filter, paged by sequence number, explained in Chinese."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from spectown.accounts.models import User
from spectown.accounts.permissions import Permission
from spectown.audit.labels import action_label, field_of, type_label
from spectown.audit.models import Event
from spectown.audit.services import SYSTEM, differences
from spectown.certification.facts import criteria_of
from spectown.core.certification.criteria import CriteriaError
from spectown.core.certification.fields import form_fields
from spectown.organisations.actors import Actor
from spectown.plans.models import PlanVersion
from spectown.towns.enums import Level
from spectown.towns.models import Town
from spectown.web.nav import address
from spectown.web.system.filters import EventFilter
from spectown.web.towns.filters import category_names

SIZE = 50
Key = tuple[str, str]


def chosen(form: EventFilter) -> QuerySet[Event]:
    """Events that the filter asks for; none where the filter itself is faulty."""
    if not form.is_valid():
        return Event.objects.none()
    data = form.cleaned_data
    rows: QuerySet[Event] = Event.objects.all()
    if data["since"] or data["until"]:
        rows = rows.filter(_days(data["since"], data["until"]))
    if person := data["person"].strip():
        rows = rows.filter(_person(person))
    if data["action"]:
        rows = rows.filter(action=data["action"])
    if data["object_type"]:
        rows = rows.filter(object_type=data["object_type"])
    if text := data["object"].strip():
        rows = rows.filter(object_id=text) if text.isdigit() else rows.filter(object_label__icontains=text)
    return rows


def _days(since: datetime.date | None, until: datetime.date | None) -> Q:
    """A range of days as a range of sequence numbers: two look-ups by time, then the primary key does the rest."""
    first = _first_seq(since) if since else 0
    after = _first_seq(until + datetime.timedelta(days=1)) if until else None
    return Q(seq__gte=first) & (Q() if after is None else Q(seq__lt=after))


def _first_seq(day: datetime.date) -> int:
    start = timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))
    found = Event.objects.filter(at__gte=start).order_by("at", "seq").values_list("seq", flat=True).first()
    newest = Event.objects.order_by("-seq").values_list("seq", flat=True).first()
    return found if found is not None else (newest or 0) + 1


def _person(text: str) -> Q:
    """By number of the user, which is indexed; the system itself has none."""
    if text == SYSTEM.name:
        return Q(actor_id__isnull=True)
    users = User.objects.filter(Q(name__icontains=text) | Q(username__icontains=text))
    return Q(actor_id__in=list(users.values_list("pk", flat=True)[:200]))


@dataclass(frozen=True, slots=True)
class Window:
    """One page of events, newest first; `newer` and `older` are the sequence numbers to go on from, if any."""

    events: list[Event]
    newer: int | None
    older: int | None

    @classmethod
    def of(cls, rows: QuerySet[Event], query: Mapping[str, Any]) -> Window:
        """The page that `?before=` or `?after=` asks for, without counting anything."""
        before, after = _number(query.get("before")), _number(query.get("after"))
        if after is not None:
            found = list(rows.filter(seq__gt=after).order_by("seq")[: SIZE + 1])
            events = found[:SIZE][::-1]
            newer = len(found) > SIZE
            older = bool(events)
        else:
            found = list((rows.filter(seq__lt=before) if before is not None else rows).order_by("-seq")[: SIZE + 1])
            events, older = found[:SIZE], len(found) > SIZE
            newer = before is not None and bool(events)
        return cls(events, events[0].seq if newer and events else None, events[-1].seq if older and events else None)


def _number(text: object) -> int | None:
    return int(str(text)) if str(text or "").isdecimal() and len(str(text)) < 19 else None


@dataclass(frozen=True, slots=True)
class Line:
    """One event in words; `changed`: labels of the fields that differ; `url`: the object's page, if one may open it."""

    event: Event
    action: str
    kind: str
    changed: str
    url: str


def line_of(event: Event, links: Mapping[Key, str], labels: Mapping[str, str]) -> Line:
    """The event as a line of the list."""
    _, after = differences(event.before, event.after)
    changed = "、".join(_label(event.object_type, name, labels) for name in after if event.before)
    url = links.get((event.object_type, event.object_id), "")
    return Line(event, action_label(event.action), type_label(event.object_type), changed, url)


def links_to(events: Iterable[Event], actor: Actor) -> dict[Key, str]:
    """Addresses of the objects of these events that the actor may open, in at most one query per kind."""
    ids: dict[str, set[str]] = {}
    for event in events:
        ids.setdefault(event.object_type, set()).add(event.object_id)
    links: dict[Key, str] = {}
    if actor.may(Permission.TOWN_VIEW) and (wanted := ids.get("towns.town")):
        towns = Town.objects.visible_to(actor, timezone.localdate()).filter(pk__in=[i for i in wanted if i.isdigit()])
        links |= {("towns.town", str(t.pk)): reverse("towns:town", args=[t.code]) for t in towns}
    if actor.may(Permission.PLAN_VIEW):
        links |= {("plans.planversion", i): address("plans:text") for i in ids.get("plans.planversion", ())}
        links |= {
            ("organisations.incumbency", i): address("plans:group") for i in ids.get("organisations.incumbency", ())
        }
    if actor.may(Permission.USER_VIEW):
        links |= {("accounts.user", i): reverse("system:user", args=[i]) for i in ids.get("accounts.user", ())}
    return links


def _label(object_type: str, name: str, labels: Mapping[str, str]) -> str:
    field = field_of(object_type, name)
    if field is None:
        return EXTRA.get(name) or labels.get(name, name)
    return "编号" if field.primary_key else str(field.verbose_name)


def answer_labels() -> dict[str, str]:
    """Headings of the application form by field code, of the plan in force."""
    version = PlanVersion.objects.current()
    if version is None:
        return {}
    try:
        return {field.code: field.heading for field in form_fields(criteria_of(version))}
    except CriteriaError:  # a plan without criteria has no form; the code itself is shown
        return {}


# Keys that no field of the object bears: facts of its parts, and of commands.
EXTRA = {
    "level": "层级",
    "valid_from": "起",
    "valid_to": "止",
    "document": "依据",
    "clause_ref": "条款号",
    "source": "出处",
    "criterion": "条件代码",
    "outcome": "判断",
    "revision": "修订号",
    "lapsed_judgements": "须重新判断的条件",
    "user": "用户",
    "unit": "单位",
    "role": "角色",
    "revoked_at": "收回时间",
    "revoked_by": "收回人",
    "name": "名称",
    "size": "字节数",
    "sha256": "文件校验值",
    "events": "日志条数",
    "breaches": "发现问题数",
    "last_digest": "最后校验值",
    "failures": "失败次数",
    "factors": "验证方式",
}


def difference_rows(event: Event) -> list[dict[str, object]]:
    """Before and after of every field that differs, for c-difference."""
    names = list(dict.fromkeys([*event.before, *event.after]))
    labels = answer_labels()
    differing = [n for n in names if event.before.get(n) != event.after.get(n) or not event.before]
    return [
        {
            "label": _label(event.object_type, name, labels),
            "before": _words(event.object_type, name, event.before.get(name)),
            "after": _words(event.object_type, name, event.after.get(name)),
        }
        for name in differing
    ]


def _words(object_type: str, name: str, value: object) -> object:
    """A stored value as people write it."""
    if value is None or value in ("", [], {}):
        return None
    field = field_of(object_type, name)
    if name == "category":
        return category_names().get(str(value), value)
    if name == "level":
        return dict(Level.choices).get(str(value), value)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(field, models.ForeignKey):
        target = field.related_model._default_manager.filter(pk=value).first()
        return f"{target}(编号 {value})" if target else f"编号 {value}"
    if isinstance(field, models.DateTimeField) and (moment := parse_datetime(str(value))):
        return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M:%S")
    if field is not None and field.choices:
        return dict(field.flatchoices).get(value, value)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value
