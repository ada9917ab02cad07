"""What the page of a measure shows besides its columns: whose turn, the plan's words, milestones, reports, terms."""

from __future__ import annotations

from typing import cast

from spectown.accounts.permissions import Permission
from spectown.core.supervision.sentences import sentences
from spectown.lists.models import ListRow
from spectown.plans.models import Clause
from spectown.supervision.enums import Confidence
from spectown.supervision.facts import Facts
from spectown.supervision.lighting import all_lights, light_facts
from spectown.supervision.models import Measure, Report, Work
from spectown.supervision.settings import settings_of
from spectown.web.http import Request
from spectown.web.lists.asides import aside
from spectown.web.lists.forms import RowForm
from spectown.web.lists.sections import Section, section
from spectown.web.supervision.shown import course_of, terms_of, word_of


@section("measures")
def course(request: Request, row: ListRow) -> Section | None:
    """Where the measure stands and what the reader can do."""
    facts = _facts(request, row)
    if facts is None:
        return None
    settings = settings_of(facts.on)
    running = light_facts([facts.work], facts.on).get(facts.work.pk) if facts.work.runs else None
    lights = all_lights([facts.work], settings, facts.calendar, facts.on).get(facts.work.pk, ())
    measure = cast(Measure, row)
    context = course_of(facts) | {
        "lights": [light for light in lights if light.reason],
        "word": word_of(facts.work, running, settings, facts.on),
        "ratings": list(measure.ratings.select_related("made_by")[:3]),
        "may_rate": request.actor.may(Permission.PLAN_DECIDE) and measure.state == "running",
        "confidences": Confidence.choices,
        "measure": measure,
    }
    return Section("办理情况", "supervision/_course.html", context, leads=True)


@section("measures")
def wording(_request: Request, row: ListRow) -> Section | None:
    """The plan's own sentence."""
    measure = cast(Measure, row)
    return _wording(measure.clause, measure.sentence)


def _wording(ref: str, number: int | None) -> Section | None:
    clause = Clause.objects.filter(version__is_current=True, ref=ref).first()
    if clause is None:
        return None
    found = [(at, text, at == number) for at, text in enumerate(sentences(clause.text, clause.heading), 1)]
    return Section(f"方案 {clause.ref} {clause.heading}", "supervision/_wording.html", {"sentences": found}, leads=True)


@section("measures")
def nodes(request: Request, row: ListRow) -> Section | None:
    """Milestones with their days."""
    facts = _facts(request, row)
    rows = [(node, facts is not None and node.overdue(facts.on)) for node in cast(Measure, row).nodes.all()]
    return Section("时间节点", "supervision/_nodes.html", {"rows": rows}) if rows else None


@section("measures")
def reports(request: Request, row: ListRow) -> Section | None:
    """All reports that the reader may see, newest first."""
    seen = Work.objects.visible_to(request.actor).filter(report__measure=row.pk)
    rows = list(Report.objects.filter(work__in=seen.values("pk")).select_related("work", "changed_by", "measure"))
    return Section("进展报告", "supervision/_reports.html", {"rows": rows}) if rows else None


@section("measures")
def terms(request: Request, row: ListRow) -> Section | None:
    """Deadline, extensions, pauses, changes of the light."""
    facts = _facts(request, row)
    if facts is None or facts.work.started_on is None:
        return None
    return Section("期限", "supervision/_terms.html", terms_of(facts))


@section("measures")
def past(request: Request, row: ListRow) -> Section | None:
    """Every step with who and why."""
    facts = _facts(request, row)
    context = course_of(facts) if facts else {}
    return Section("办理过程", "supervision/_past.html", context) if facts and facts.steps else None


@aside("measures")
def sentence_at_hand(form: RowForm) -> Section | None:
    """The clause's words beside the form in which a measure is written."""
    number = form["sentence"].value()
    return _wording(str(form["clause"].value() or ""), int(number) if str(number).isdecimal() else None)


def _facts(request: Request, row: ListRow) -> Facts | None:
    """Read once a request, however many parts ask."""
    kept: dict[int, Facts] = request.__dict__.setdefault("_measure_facts", {})
    if row.pk not in kept:
        work = Work.objects.select_related("holder").filter(measure=row.pk).first()
        if work is None:
            return None
        kept[row.pk] = Facts(work, request.actor)
    return kept[row.pk]
