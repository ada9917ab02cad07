"""The side navigation as data: area, label, icon, address, needed permission. Only what the role may open is shown."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.urls import NoReverseMatch, reverse

from spectown.accounts.permissions import Permission, Role
from spectown.documents.models import OfficialDocument, Receipt
from spectown.evaluation.mine import schemes_waiting_for
from spectown.evaluation.mine import waiting_for as evaluations_waiting_for
from spectown.lists.registry import ledger_of, ledgers
from spectown.lists.scope import concerns
from spectown.organisations.actors import Actor
from spectown.outbox.models import Message
from spectown.supervision.mine import turn_of
from spectown.supervision.models import Work
from spectown.supervision.notices.seeing import waits_for
from spectown.supervision.services.problems import waiting_for as problems_waiting_for
from spectown.web import counts
from spectown.web.counts import Badge, Rows


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the navigation. `badge` counts what waits for the actor there; `ledger`: whose page of a list."""

    label: str
    icon: str
    url_name: str
    permission: Permission | None
    badge: Badge | None = None
    ledger: str = ""

    @property
    def url(self) -> str:
        """Path of the page; empty where no such page exists."""
        return address(self.url_name, ledger=self.ledger) if self.ledger else address(self.url_name)

    def open_to(self, actor: Actor) -> bool:
        """True where the actor may open the page behind it."""
        if self.url_name == "system:gallery":
            return settings.DEBUG or actor.role == Role.SYSTEM_ADMIN
        known = ledger_of(self.ledger) if self.ledger else None
        return concerns(known, actor) if known else self.permission is None or actor.may(self.permission)


@dataclass(frozen=True, slots=True)
class Area:
    """One area of work with its pages."""

    label: str
    entries: tuple[Entry, ...]


def _documents_waiting(actor: Actor) -> Rows:
    return OfficialDocument.objects.waiting_for(actor)


def _receipts_waiting(actor: Actor) -> Rows:
    return Receipt.objects.waiting_for(actor)


def _unread(actor: Actor) -> Rows:
    return Message.objects.unread_by(actor.user_id)


def _turns(actor: Actor) -> Rows:
    return Work.objects.visible_to(actor).filter(turn_of(actor))


def _notices_waiting(actor: Actor) -> Rows:
    return Work.objects.visible_to(actor).filter(waits_for(actor))


def _problems_waiting(actor: Actor) -> Rows:
    return problems_waiting_for(actor)


def _evaluations_waiting(actor: Actor) -> Rows:
    return evaluations_waiting_for(actor)


def _schemes_waiting(actor: Actor) -> Rows:
    return schemes_waiting_for(actor)


P = Permission
AREAS = (
    Area(
        "",
        (
            Entry("工作台", "layout-dashboard", "workbench:home", P.WORKBENCH),
            Entry("我的工作", "square-check", "duties:mine", P.LIST_VIEW, _turns),
            Entry("消息", "bell", "outbox:inbox", P.WORKBENCH, _unread),
        ),
    ),
    Area(
        "方案",
        (
            Entry("全文", "book", "plans:text", P.PLAN_VIEW),
            Entry("责任矩阵", "table", "plans:matrix", P.PLAN_VIEW),
            Entry("目标", "target", "plans:targets", P.PLAN_VIEW),
            Entry("工作日历", "calendar", "plans:calendar", P.PLAN_VIEW),
            Entry("领导小组", "users-group", "plans:group", P.PLAN_VIEW),
            Entry("方案体检", "stethoscope", "plans:checkup", P.PLAN_CHECKUP),
            Entry("版本比较", "git-compare", "plans:compare", P.PLAN_CHECKUP),
        ),
    ),
    Area("专业镇", (Entry("专业镇", "building-factory-2", "towns:list", P.TOWN_VIEW),)),
    Area(
        "清单",
        (
            Entry("清单总览", "list-check", "lists:home", P.LIST_VIEW),
            Entry("八项功能", "table", "ledgers:functions", P.TOWN_VIEW),
            Entry("疑似重复", "copy", "enterprises:duplicates", P.LIST_MERGE),
        ),
    ),
    Area(
        "项目",
        (
            Entry("三个一批", "progress", "projects:batches", P.LIST_VIEW),
            Entry("每月调度", "calendar", "projects:dispatch", P.LIST_VIEW),
        ),
    ),
    Area(
        "认定",
        (
            Entry("预审", "clipboard-check", "certification:list", P.APPLICATION_VIEW),
            Entry("批次", "list-check", "rounds:list", P.APPLICATION_VIEW),
            Entry("异议", "alert-triangle", "deciding:objections", P.PUBLICITY_MANAGE),
            Entry("称号", "award", "deciding:titles", P.TOWN_VIEW),
            Entry("评审进度", "progress", "experts:rounds", P.CASE_EXAMINE),
            Entry("专家库", "school", "experts:list", P.ROUND_MANAGE),
            Entry("我的评审", "writing", "experts:mine", P.CASE_SCORE),
        ),
    ),
    Area(
        "责任与督办",
        (
            Entry("全部事项", "inbox", "supervision:works", P.LIST_VIEW),
            Entry("年度行动计划", "calendar", "lists:list", P.LIST_VIEW, ledger="measures"),
            Entry("批量提请审定", "list-check", "supervision:decide", P.PLAN_MANAGE),
            Entry("批量审定", "list-check", "supervision:decide", P.PLAN_DECIDE),
            Entry("方案覆盖情况", "target", "supervision:coverage", P.PLAN_CHECKUP),
            Entry("问题台账", "alert-triangle", "lists:list", P.LIST_VIEW, _problems_waiting, ledger="problems"),
            Entry("共性问题建议", "copy", "problems:common", P.PLAN_MANAGE),
            Entry("督办通知书", "gavel", "notices:list", P.LIST_VIEW, _notices_waiting),
            Entry("督办建议", "flag", "notices:proposals", P.PLAN_MANAGE),
            Entry("推进会", "users-group", "meetings:list", P.DOCUMENT_BATCH),
            Entry("检查调研", "eye", "visits:list", P.LIST_VIEW),
            Entry("办理情况", "chart-bar", "duties:figures", P.LIST_VIEW),
            Entry("减负账", "scale", "notices:burden", P.LIST_VIEW),
        ),
    ),
    Area(
        "监测",
        (
            Entry("填报", "writing", "monitoring:sheets", P.SHEET_VIEW),
            Entry("核定", "clipboard-check", "monitoring:certify", P.VALUE_CERTIFY),
            Entry("谁没报", "alert-triangle", "monitoring:missing", P.SHEET_VIEW),
            Entry("一张表", "table", "monitoring:table", P.SHEET_VIEW),
            Entry("县(区)汇总", "map", "monitoring:counties", P.SHEET_VIEW),
            Entry("目标完成", "target", "monitoring:targets", P.SHEET_VIEW),
            Entry("走势", "trending-up", "monitoring:series", P.SHEET_VIEW),
            Entry("透视", "progress", "monitoring:pivot", P.SHEET_VIEW),
            Entry("指标目录", "list-check", "monitoring:catalogue", P.SHEET_VIEW),
        ),
    ),
    Area(
        "评估",
        (
            Entry("年度评估", "trending-up", "evaluation:list", P.EVALUATION_VIEW, _evaluations_waiting),
            Entry("评估方案", "scale", "evaluation:schemes", P.EVALUATION_VIEW, _schemes_waiting),
        ),
    ),
    Area(
        "公文",
        (
            Entry("起草", "edit", "documents:kinds", P.DOCUMENT_DRAFT),
            Entry("批量公文", "copy", "documents:batches", P.DOCUMENT_BATCH),
            Entry("登记簿", "archive", "documents:list", P.DOCUMENT_VIEW, _documents_waiting),
            Entry("待我签收", "inbox", "documents:inbox", P.DOCUMENT_RECEIVE, _receipts_waiting),
            Entry("模板", "file-description", "documents:templates", P.DOCUMENT_DRAFT),
            Entry("会议包", "package", "bundles:list", P.DOCUMENT_DRAFT),
        ),
    ),
    Area(
        "系统",
        (
            Entry("用户", "users", "system:users", P.USER_VIEW),
            Entry("操作日志", "history", "system:audit", P.AUDIT_VIEW),
            Entry("发送记录", "send", "outbox:list", P.OUTBOX_MANAGE),
            Entry("作业", "progress", "jobs:list", P.WORKBENCH),
            Entry("组件", "package", "system:gallery", None),
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Link:
    """One line as drawn."""

    label: str
    icon: str
    url: str
    active: bool
    count: int


@dataclass(frozen=True, slots=True)
class Group:
    """One area as drawn."""

    label: str
    links: tuple[Link, ...]


@functools.cache
def address(url_name: str, **kwargs: str) -> str:
    """Path of a page; empty where no such page exists (so that no dead link is drawn)."""
    try:
        return reverse(url_name, kwargs=kwargs)
    except NoReverseMatch:
        return ""


def entries() -> Iterator[Entry]:
    """All lines of all areas."""
    for area in areas():
        yield from area.entries


@functools.cache
def areas() -> tuple[Area, ...]:
    """All areas; 清单 has one line for each list that the apps have registered by now, in the order of the tasks."""
    shown = [led for led in ledgers() if led.menu]
    lines = tuple(Entry(led.label, led.icon, "lists:list", P.LIST_VIEW, ledger=led.slug) for led in shown)
    return tuple(Area(a.label, a.entries + lines) if a.label == "清单" else a for a in AREAS)


def active_entry(view_name: str, kwargs: Mapping[str, object] | None = None) -> Entry | None:
    """The line that is open: the page's own, else the first of its area (a town belongs under the list of towns)."""
    if view_name.startswith("lists:") and (ledger := (kwargs or {}).get("ledger")):
        lines = list(entries())
        own = [e for e in lines if e.ledger == ledger]
        return next(iter(own + [e for e in lines if e.url_name == "lists:home"]), None)
    exact = [e for e in entries() if e.url_name == view_name]
    namespace = view_name.partition(":")[0] + ":"
    near = [e for e in entries() if ":" in view_name and e.url_name.startswith(namespace)]
    return next(iter(exact + near), None)


def area_of(entry: Entry | None) -> str:
    """Name of the area an entry stands in."""
    return next((a.label for a in areas() if entry in a.entries), "")


def groups(actor: Actor, view_name: str, kwargs: Mapping[str, object] | None = None) -> tuple[Group, ...]:
    """What the actor sees, empty areas left out."""
    active = active_entry(view_name, kwargs)
    shown = {area: [e for e in area.entries if e.url and e.open_to(actor)] for area in areas()}
    waiting = _waiting([e for lines in shown.values() for e in lines], actor)
    drawn = (
        Group(area.label, tuple(Link(e.label, e.icon, e.url, e is active, waiting.get(e, 0)) for e in lines))
        for area, lines in shown.items()
    )
    return tuple(group for group in drawn if group.links)


def _waiting(lines: Iterable[Entry], actor: Actor) -> dict[Entry, int]:
    """How much waits behind each line that counts it: one query, since every page asks."""
    counting = tuple((e, e.badge) for e in lines if e.badge is not None)
    found = counts.of(actor, tuple(badge for _, badge in counting))
    return {entry: number for (entry, _), number in zip(counting, found, strict=True)}
