"""Cases brought to where a test begins: several counties in one round, applications that qualify, decisions."""

import datetime
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from django.utils import timezone

from spectown.accounts.permissions import Role
from spectown.certification import services as applications
from spectown.certification.facts import criteria_of
from spectown.certification.services.judgements import JUDGED
from spectown.core.certification.criteria import CheckName
from spectown.organisations.actors import Actor
from spectown.rounds.models import Case, Objection, Publicity, PublicityEntry, Round
from spectown.rounds.services import cases, deciding, objections, publicity, round_moves, rounds
from tests.criteria import NEEDED, checker, county, filler
from tests.factories import IncumbencyFactory, PostFactory, SeatFactory, actor
from tests.round_world import DAY, PDF, World, plan

MEETING = "领导小组2026年第2次会议"
SAID = objections.Statement("王小明", "13800000000", "产值把外县企业算了进去", [("证明.pdf", PDF)])


PLAIN: dict[str, object] = {"panel": None, "sheet": [], "pass_score": None}


def hall(members: int = 3, *, review: bool = False) -> World:
    """An open round, reviewed by experts or not, whose leading group has members; its case is of the first county."""
    version = plan()
    for number in range(members):
        post = PostFactory.create(title=f"成员{number}")
        IncumbencyFactory.create(post=post, person=f"张{number}", valid_from=None, valid_to=None)
        SeatFactory.create(version=version, post=post, order=number + 1)
    office, second, leader = actor(Role.OFFICE), actor(Role.OFFICE), actor(Role.LEADER)
    today = timezone.localdate()
    content = rounds.sample_of(version, "first", today - DAY, today + 30 * DAY)
    content |= {"visit": "none"} | ({} if review else PLAIN)
    made = rounds.create(name=f"{today.year}年第一批市级专业镇认定", version=version, content=content, by=office)
    made = round_moves.move(round_=made, code="publish", by=second)
    made = round_moves.move(round_=made, code="open", by=second)
    return entrant(made, office, second, leader, "壶关县")


def entrant(made: Round, office: Actor, second: Actor, leader: Actor, name: str, **raw: object) -> World:
    """A county that enters a round with an application of everything that can be asked for."""
    unit = county(name)
    fills, checks = filler(unit), checker(unit)
    judged = (CheckName.JUDGED, CheckName.ORIGIN)
    evidence = {f"evidence_{c.code}": "见附件" for c in criteria_of(made.version).criteria if c.check in judged}
    own = {
        "town_name": f"{name}专业镇",
        "applicant_county": name,
        "counties": [name],
        "category": "manufacturing",
        "output_wan": "120000",
        "leading_enterprises": "2",
        "chain_partners": "12",
    }
    application = applications.create(by=fills, raw={**NEEDED, **own, **evidence, **raw})
    application = applications.submit(application=application, by=fills)
    application = applications.check(application=application, by=checks)
    case = cases.begin(round_=made, application=application, by=fills)
    return World(made, case, fills, checks, office, second, leader)


def beside(here: World, name: str, **raw: object) -> World:
    """Another county in the same round."""
    return entrant(here.round, here.office, here.second, here.leader, name, **raw)


def sent(here: World) -> None:
    """Handed in, and under examination."""
    here.fill()
    here.go("hand_in", here.fills)
    here.go("county_submit", here.checks)
    here.go("examine", here.office)


def accepted(here: World) -> None:
    """Handed in, and nothing was wrong."""
    sent(here)
    here.judge_all()
    here.go("accept", here.office)


def judged(here: World, *unmet: str) -> None:
    """The office judges every criterion that people judge."""
    application = here.fresh().application
    for each in criteria_of(application.version).criteria:
        if each.check in JUDGED and each.check is not CheckName.COUNTY:
            outcome = "unmet" if each.code in unmet else "met"
            applications.judge(
                application=application, criterion=each.code, outcome=outcome, reason="材料属实", by=here.office
            )


def studied(here: World, *unmet: str) -> Case:
    """At 研究 without review, all judged."""
    accepted(here)
    here.go("skip_review", here.office)
    judged(here, *unmet)
    return here.fresh()


def proposed(here: World, proposal: str = "certify", *unmet: str) -> Case:
    """With the leading group."""
    case = studied(here, *unmet)
    deciding.propose(case=case, proposal=proposal, reasons=["按标准条件符合条件。"], by=here.office)
    return here.fresh()


def signed(here: World, choice: str, *reasons: str, votes: Iterable[deciding.Cast] = ()) -> Case:
    """Decided by the leading group."""
    resolution = deciding.Resolution(choice, MEETING, reasons, list(votes))
    deciding.decide(case=here.fresh(), resolution=resolution, by=here.leader)
    return here.fresh()


def published(*worlds: World) -> Publicity:
    """All of them approved and put up together."""
    here = worlds[0]
    cases_ = [world.fresh() for world in worlds]
    return publicity.open_(round_=here.round, cases=cases_, title="拟认定公示", contact="0355-2000000", by=here.office)


def objected(here: World) -> Objection:
    """Somebody objects."""
    entry = PublicityEntry.objects.get(case=here.case, voided_at__isnull=True)
    public = Actor(address="203.0.113.7")
    return objections.raise_(entry=entry, statement=SAID, by=public)


@contextmanager
def later(days: int) -> Iterator[None]:
    """So many days on, for whatever asks for today."""
    plain = timezone.localdate

    def moved(value: datetime.datetime | None = None, timezone: Any = None) -> datetime.date:
        return plain(value, timezone) if value else plain() + days * DAY

    with patch("django.utils.timezone.localdate", moved):
        yield
