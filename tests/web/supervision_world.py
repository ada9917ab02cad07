"""Dated work of the world for the access table."""

from typing import Any

from spectown.organisations.models import Unit
from tests import factories

Args = dict[str, dict[str, Any]]


def notices(unit: Unit) -> Args:
    """Own: with the unit, with a report and a file that were not sent. Elsewhere: another unit's. A draft."""
    args: Args = {}
    own = factories.NoticeFactory.create(sent=True, work__holder=unit)
    elsewhere = factories.NoticeFactory.create(sent=True)
    for name, notice in (("notice", own), ("notice_elsewhere", elsewhere)):
        pk = {"pk": notice.pk}
        file = factories.NoticeFileFactory.create(report__notice=notice)
        args |= {
            name: pk,
            f"{name}_file": {**pk, "file": file.pk},
        }
    args |= _visits(unit) | {"meeting": {"pk": factories.MeetingFactory.create().pk}}
    args |= {"decision": {"pk": factories.MeetingDecisionFactory.create().pk}}
    draft = factories.NoticeFactory.create()
    return {**args, "notice_draft": {"pk": draft.pk}}


def measures(unit: Unit) -> Args:
    """A measure of the unit with a report that waits for its check; one of another unit, one that was not sent out."""
    args: Args = {"nothing_move": {"pk": 0, "code": "verify"}}
    for name, holder in (("measure", unit), ("measure_elsewhere", factories.UnitFactory.create())):
        work = factories.WorkFactory.create(running=True, holder=holder)
        place = factories.TerritoryFactory.create() if holder is not unit else unit.territory
        named = {"territory": place, "counties": place.name if place else ""}
        measure = factories.MeasureFactory.create(work=work, lead=holder, state="running", **named)
        measure.of_counties.set([place] if place else [])
        done = factories.WorkFactory.create(kind="report", state="draft", holder=holder)
        report = factories.ReportFactory.create(work=done, measure=measure)
        file = factories.ReportFileFactory.create(report=report)
        asked = factories.ExtensionFactory.create(work=work)
        args |= {
            name: {"pk": measure.pk},
            f"{name}_work": {"pk": work.pk},
            f"{name}_move": {"pk": work.pk, "code": "verify"},
            f"{name}_extension": {"pk": work.pk, "extension": asked.pk, "code": "grant"},
            f"{name}_report": {"pk": report.pk},
            f"{name}_file": {"pk": report.pk, "file": file.pk},
        }
    return {**args, "no_work_move": {**args["measure_move"], "code": "nothing"}}


def problems(unit: Unit) -> Args:
    """Own: raised by the unit, with a file. Foreign: of nobody here."""
    args: Args = {"no_problem": {"pk": 10**6}}
    own, foreign = factories.ProblemFactory.create(raiser=unit), factories.ProblemFactory.create()
    for name, problem in (("problem", own), ("foreign_problem", foreign)):
        file = factories.ProblemFileFactory.create(problem=problem)
        args |= {
            name: {"pk": problem.pk},
            f"{name}_file": {"pk": problem.pk, "file": file.pk},
            f"{name}_move": {"pk": problem.pk, "code": "route"},
        }
    return args


def _visits(unit: Unit) -> Args:
    """Own: to a town of the unit. Elsewhere: to another town."""
    args: Args = {}
    for name, more in (("visit", {"answer__place__town__responsible_unit": unit}), ("visit_elsewhere", {})):
        row = factories.FindingFactory.create(**more)
        place = row.answer.place
        pk = {"pk": place.visit_id}
        args |= {name: pk, f"{name}_move": {**pk, "code": "finish"}, f"{name}_place": {**pk, "place": place.pk}}
        args |= {f"{name}_finding": {**pk, "finding": row.pk}}
    args |= {"no_visit_move": {**args["visit"], "code": "nothing"}}
    args |= {"no_visit_finding": {**args["visit"], "finding": args["visit_elsewhere_finding"]["finding"]}}
    return args | {"no_visit_place": {**args["visit"], "place": args["visit_elsewhere_place"]["place"]}}
