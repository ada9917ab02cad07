"""A recheck (复核): a town with a title whose county is called, made through the services."""

from typing import Any

from django.utils import timezone

from spectown.accounts.permissions import Role
from spectown.certification import services as applications
from spectown.organisations.models import Unit
from spectown.plans.models import PlanVersion
from spectown.rounds.enums import NoteKind
from spectown.rounds.models import Case, Round, Title
from spectown.rounds.services import deciding, notes, rechecks, round_moves, rounds
from tests.criteria import NEEDED, checker, county, filler
from tests.factories import LevelRecordFactory, TitleFactory, TownFactory, actor
from tests.round_course import MEETING
from tests.round_world import DAY, World, plan

GOOD: dict[str, object] = {"category": "制造业", "output_wan": "120000", "chain_partners": "12"}


def titled(name: str = "壶关县", number: str = "市级〔2026〕001号", unit: Unit | None = None) -> Title:
    """A title in force of a town for which a county answers."""
    unit = unit or county(name)
    town = TownFactory.create(
        name=f"{name}专业镇", leading_industry="旱地蔬菜", territory=unit.territory, responsible_unit=unit
    )
    since = timezone.localdate() - 900 * DAY
    record = LevelRecordFactory.create(town=town, level="city", valid_from=since, document="认定文件")
    made: Title = TitleFactory.create(
        town=town, number=number, granted_on=since, valid_to=since + 1095 * DAY, record=record
    )
    return made


def recheck_round(version: PlanVersion, office: Any, second: Any, **over: Any) -> Round:
    """An open recheck round."""
    today = timezone.localdate()
    content = {**rounds.sample_of(version, "recheck", today - DAY, today + 20 * DAY), **over}
    made = rounds.create(name=f"{today.year}年市级专业镇复核", version=version, content=content, by=office)
    made = round_moves.move(round_=made, code="publish", by=second)
    return round_moves.move(round_=made, code="open", by=second)


def called(title: Title | None = None) -> World:
    """A title called to its recheck; the county has not begun."""
    title = title or titled()
    version = plan()
    office, second, leader = actor(Role.OFFICE), actor(Role.OFFICE), actor(Role.LEADER)
    round_ = recheck_round(version, office, second)
    unit = title.town.responsible_unit
    (case,) = rechecks.call(round_=round_, titles=[title], by=office)
    return World(round_, case, filler(unit), checker(unit), office, second, leader)


def answered(here: World, **raw: object) -> None:
    """The county fills in the form of the recheck, and its checker passes it."""
    application = here.fresh().application
    given = {**NEEDED, **GOOD, "town_name": application.town_name, **raw}
    application = applications.save_answers(
        application=application, raw=given, revision=application.revision, by=here.fills
    )
    application = applications.submit(application=application, by=here.fills)
    applications.check(application=application, by=here.checks)


def reported(here: World, **raw: object) -> Case:
    """Handed in, and under examination."""
    answered(here, **raw)
    here.fill()
    here.go("hand_in", here.fills)
    here.go("county_submit", here.checks)
    return here.go("examine", here.office)


def decided(here: World, choice: str, *reasons: str) -> Case:
    """Proposed, and decided by the leading group as proposed."""
    given = list(reasons) or ["各项合格。"]
    if here.fresh().state == "deciding":
        deciding.propose(case=here.fresh(), proposal=choice, reasons=given, by=here.office)
    deciding.decide(case=here.fresh(), resolution=deciding.Resolution(choice, MEETING, given), by=here.leader)
    return here.fresh()


def noted(here: World, kind: NoteKind, by: Any, text: str = "已说明情况") -> None:
    """Something is written about the case."""
    notes.write(case=here.fresh(), kind=kind, text=text, by=by)


def title_of(here: World) -> Title:
    """The title as it is stored now."""
    return Title.objects.get(town=here.case.town_id, level="city")


def days_after(term: int) -> int:
    """Days in which so many working days have surely passed."""
    return 2 * term + 20
