"""A recommendation (省级推荐): a certified town whose county is asked to apply, made through the services."""

from django.utils import timezone

from spectown.accounts.permissions import Role
from spectown.certification import services as applications
from spectown.certification.facts import criteria_of
from spectown.certification.models import Application
from spectown.certification.services.judgements import JUDGED
from spectown.core.certification.criteria import CheckName
from spectown.rounds.models import Case, Title
from spectown.rounds.services import cases, recommending, round_moves, rounds
from tests import round_course
from tests.criteria import NEEDED, checker, filler
from tests.factories import actor
from tests.recheck_world import GOOD, decided, titled
from tests.round_world import DAY, World, plan


def ready(name: str = "壶关县", number: str = "市级〔2026〕001号", here: World | None = None) -> World:
    """A town that meets the rules, in an open recommendation round; `here`: beside another one. Its case is the one
    that the county has filled in and handed to its checker."""
    title = titled(name, number)
    unit = title.town.responsible_unit
    if here is None:
        version, office, second, leader = plan(), *(actor(role) for role in (Role.OFFICE, Role.OFFICE, Role.LEADER))
        today = timezone.localdate()
        content = rounds.sample_of(version, "recommendation", today - DAY, today + 20 * DAY)
        round_ = rounds.create(name=f"{today.year}年省级专业镇推荐", version=version, content=content, by=office)
        for code in ("publish", "open"):
            round_ = round_moves.move(round_=round_, code=code, by=second)
    else:
        round_, office, second, leader = here.round, here.office, here.second, here.leader
    made = World(round_, Case(), filler(unit), checker(unit), office, second, leader)
    return World(round_, entered(made, title), made.fills, made.checks, office, second, leader)


def known(here: World, title: Title, *, judged: bool = True, **raw: object) -> None:
    """An application of before, checked and judged: what the selection looks at."""
    unit = title.town.responsible_unit
    made = _application(
        World(here.round, here.case, filler(unit), checker(unit), here.office, here.second, here.leader), title, **raw
    )
    for each in criteria_of(made.version).criteria:
        if judged and each.check in JUDGED and each.check is not CheckName.COUNTY:
            applications.judge(application=made, criterion=each.code, outcome="met", reason="属实", by=here.office)


def answers(here: World, title: Title) -> dict[str, object]:
    """Everything that the form asks for, of a town that meets the rules."""
    judged_ = (CheckName.JUDGED, CheckName.ORIGIN)
    criteria = criteria_of(here.round.version).criteria
    return {
        **NEEDED,
        **GOOD,
        "town_name": title.town.name,
        "applicant_county": title.town.territory.name,
        "counties": [title.town.territory.name],
        "leading_enterprises": "2",
        **{f"evidence_{c.code}": "见附件" for c in criteria if c.check in judged_},
    }


def _application(here: World, title: Title, **raw: object) -> Application:
    made = applications.create(by=here.fills, town=title.town, raw={**answers(here, title), **raw})
    made = applications.submit(application=made, by=here.fills)
    return applications.check(application=made, by=here.checks)


def entered(here: World, title: Title) -> Case:
    """The county's own entry with an application of everything."""
    return cases.begin(round_=here.round, application=_application(here, title), by=here.fills)


def recommended(here: World, reason: str = "产业链完整,带动明显。") -> Case:
    """All the way to the decision."""
    here.fill()
    here.go("hand_in", here.fills)
    here.go("county_submit", here.checks)
    here.go("examine", here.office)
    here.judge_all()
    here.go("accept", here.office)
    here.go("consider", here.office)
    round_course.judged(here)
    return decided(here, "recommend", reason)


def asked(here: World, title: Title) -> list[Case]:
    """The office asks the county of a title to apply."""
    return recommending.call(round_=here.round, titles=[title], by=here.office)
