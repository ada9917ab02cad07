"""What the plan, its towns and its check-up say beside a clause."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from django.urls import reverse

from spectown.accounts.permissions import Permission
from spectown.certification.models import Application
from spectown.plans.enums import DutyKind
from spectown.plans.facts import tasks_with_duties
from spectown.plans.models import Task
from spectown.towns.enums import Level
from spectown.towns.facts import counts_by_level, plan_checkup
from spectown.towns.models import LevelRecord
from spectown.web import nav
from spectown.web.plans.attained import attained_targets
from spectown.web.plans.carried import Carried, Line, Scene, carries
from spectown.web.plans.quantities import quantity_words
from spectown.web.plans.roster import roster_clause, seats_on

SHOWN = 3


@carries
def duties(scene: Scene) -> Iterator[Line]:
    """Who leads a task, how many take part."""
    for task in tasks_with_duties(scene.version):
        yield task.clause.ref, Carried("责任", _parts(task), f"{reverse('plans:matrix')}#task-{task.number}")


def _parts(task: Task) -> str:
    held = list(task.duties.all())
    leads = "、".join(d.unit.name for d in held if d.kind == DutyKind.LEAD)
    others = sum(d.kind == DutyKind.PARTICIPANT for d in held)
    collective = [f"{d.unit.name}({len(d.unit.members.all())}个)" for d in held if d.kind == DutyKind.COLLECTIVE]
    parts = [
        f"{leads}牵头" if leads else "没有牵头单位",
        f"{others}个单位配合" if others else "",
        f"{'、'.join(collective)}按职责分工" if collective else "",
    ]
    return ";".join(part for part in parts if part)


@carries
def criteria(scene: Scene) -> Iterator[Line]:
    """Conditions of certification that stand on a clause."""
    titles: dict[str, list[str]] = {}
    for ref, title in scene.version.criterion_rows.values_list("clause__ref", "title"):
        titles.setdefault(ref, []).append(title)
    for ref, found in titles.items():
        more = "等" if len(found) > SHOWN else ""
        yield ref, Carried("认定条件", f"{len(found)}条:{'、'.join(found[:SHOWN])}{more}")


@carries
def targets(scene: Scene) -> Iterator[Line]:
    """Targets with the number of today."""
    for row in attained_targets(scene.version, counts_by_level(scene.today), scene.today):
        actual = "没有实际数" if row.actual is None else f"现有{row.actual}{row.target.unit}"
        words = f"{row.target.subject}{row.wanted},{actual}"
        tone = {"attained": "green", "short": "red"}.get(row.verdict, "neutral")
        yield row.target.clause.ref, Carried("目标", f"{words},{row.verdict.label}", reverse("plans:targets"), tone)


@carries
def thresholds(scene: Scene) -> Iterator[Line]:
    """Quantified conditions."""
    for threshold in scene.version.thresholds.select_related("clause"):
        words = f"{threshold.subject} {quantity_words(threshold)}"
        yield threshold.clause.ref, Carried("量化条件", words, f"{reverse('plans:targets')}#thresholds")


@carries
def towns(scene: Scene) -> Iterator[Line]:
    """Towns that hold their level by a clause or annex of this version."""
    records = LevelRecord.objects.filter(version=scene.version, valid_from__lte=scene.today).exclude(clause_ref="")
    counted = Counter(records.values_list("clause_ref", "level"))
    address = nav.address("towns:list") if scene.actor.may(Permission.TOWN_VIEW) else ""
    for (ref, level), number in sorted(counted.items()):
        yield ref, Carried("专业镇", f"据此认定{Level(level).label}专业镇{number}个", address)


@carries
def figures(scene: Scene) -> Iterator[Line]:
    """Figures that a clause makes necessary, and who would naturally supply them."""
    needed: dict[str, list[str]] = {}
    for figure in scene.version.needed_figures.select_related("clause", "supplier"):
        who = figure.supplier.name if figure.supplier else "未指定"
        needed.setdefault(figure.clause.ref, []).append(f"{figure.label}({who})")
    for ref, labels in needed.items():
        yield ref, Carried("所需数据", f"{'、'.join(labels)};括号内为建议提供单位")


@carries
def seats(scene: Scene) -> Iterator[Line]:
    """The leading group beside the clause where its roster is printed."""
    rows = seats_on(scene.version, scene.today)
    ref = roster_clause(scene.version, rows)
    if ref:
        changed = sum(row.is_changed for row in rows)
        words = f"{len(rows)}个席位" + (f",{changed}人已替补" if changed else ",与原名单一致")
        yield ref, Carried("领导小组", words, reverse("plans:group"))


@carries
def applications(scene: Scene) -> Iterator[Line]:
    """Applications under this version that the reader may see, beside the chapter of the conditions."""
    number = Application.objects.visible_to(scene.actor).filter(version=scene.version).count()
    first = scene.version.criterion_rows.select_related("clause__parent").first()
    if number and first:
        ref = first.clause.parent.ref if first.clause.parent else first.clause.ref
        yield ref, Carried("预审申报", f"{number}件", nav.address("certification:list"))


@carries
def findings(scene: Scene) -> Iterator[Line]:
    """Open points of the check-up, for those who may open it."""
    if not scene.actor.may(Permission.PLAN_CHECKUP):
        return
    counted = Counter(finding.clause for finding in plan_checkup(scene.version, scene.today))
    for ref, number in counted.items():
        yield ref, Carried("体检", f"发现{number}个问题", reverse("plans:checkup"), "yellow")
