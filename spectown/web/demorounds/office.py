"""What the office, the leading group and the public do in the demonstration's rounds."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.utils import timezone

from spectown.certification import services as applications
from spectown.certification.facts import criteria_of
from spectown.certification.services.judgements import JUDGED
from spectown.core.certification.criteria import CheckName
from spectown.organisations.actors import Actor
from spectown.rounds.items import items_of
from spectown.rounds.members import members_on
from spectown.rounds.models import Objection, PublicityEntry
from spectown.rounds.services import deciding, examining, moves, objections, publicity, round_moves, rounds
from spectown.web.demorounds.papers import paper
from spectown.web.demorounds.world import Play

PUBLIC_ADDRESS = "203.0.113.7"  # of the range that is kept for examples


def create(play: Play) -> None:
    """A round with the plan's own sample of rules."""
    content = rounds.sample_of(play.version, play.kind, *play.window) | dict(play.spec["rules"])
    name = play.said(play.spec["name"])
    play.round = rounds.create(name=name, version=play.version, content=content, by=play.people["office"])


def round_step(code: str, who: str = "office") -> Callable[[Play], None]:
    """A move of the round itself."""

    def step(play: Play) -> None:
        round_moves.move(round_=play.running, code=code, by=play.people[who])

    return step


def accept(play: Play, key: str) -> None:
    """Every item was examined and is fine."""
    examine(play, key)
    moves.move(case=play.case(key), code="accept", by=play.people["office"])


def correct(play: Play, key: str) -> None:
    """One material is incomplete: the county is told which, and why."""
    wrong = play.data["correction"]
    examine(play, key, wrong["item"], "incomplete", wrong["note"])
    moves.move(case=play.case(key), code="request_correction", by=play.people["office"])


def examine(play: Play, key: str, wrong: str = "", verdict: str = "", note: str = "") -> None:
    """Every item is looked at; what is wrong with one of them."""
    office = play.people["office"]
    moves.move(case=play.case(key), code="examine", by=office)
    case = play.case(key)
    for item in items_of(case, case.rules.rules):
        if item.code.startswith("material:"):
            bad = item.code == f"material:{wrong}"
            said = (verdict, note) if bad else ("fine", "")
            examining.judge(case=case, item=item.code, verdict=said[0], note=said[1], by=office)
    examining.judge_fields_fine(case=case, by=office)


def propose(play: Play, key: str, proposal: str, reason: str) -> None:
    """Every criterion judged (of a recheck there is none to judge), then the proposal: by the second person, so that
    the visitors' account may answer objections."""
    if play.kind != "recheck":
        _judge(play, key)
    deciding.propose(case=play.case(key), proposal=proposal, reasons=[reason], by=play.people["second"])


def _judge(play: Play, key: str) -> None:
    application, office = play.case(key).application, play.people["second"]
    unmet = play.entrant(key).get("unmet", ())
    for each in criteria_of(application.version).criteria:
        if each.check in JUDGED and each.check is not CheckName.COUNTY:
            outcome = "unmet" if each.code in unmet else "met"
            told = "材料不能证明(演示)" if outcome == "unmet" else play.data["judged"]
            applications.judge(application=application, criterion=each.code, outcome=outcome, reason=told, by=office)


def vote(play: Play, key: str, choice: str) -> None:
    """All members but one vote for it."""
    members = members_on(play.version, timezone.localdate())
    votes = [deciding.Cast(m.name, m.post, "for" if n else "abstained") for n, m in enumerate(members)]
    _resolve(play, key, choice, votes)


def decide(play: Play, key: str, choice: str) -> None:
    """Signed off with the reasons of the proposal."""
    _resolve(play, key, choice, [])


def _resolve(play: Play, key: str, choice: str, votes: list[deciding.Cast]) -> None:
    resolution = deciding.Resolution(choice, play.said(play.data["meeting"]), (), votes)
    deciding.decide(case=play.case(key), resolution=resolution, by=play.people["leader"])


def put_up(play: Play, keys: list[str]) -> None:
    """Those that were approved, for everybody to see."""
    title = f"关于{play.running.name}拟认定名单的公示"
    publicity.open_(
        round_=play.running,
        cases=[play.case(key) for key in keys],
        title=title,
        contact=play.data["contact"],
        by=play.people["office"],
    )


def certify(play: Play, key: str) -> None:
    """The publicity is over and nobody was right against it."""
    moves.move(case=play.case(key), code="certify", by=play.people["office"])


def object_(play: Play, key: str) -> None:
    """Somebody of the public objects, with evidence."""
    said, entry = play.data["objector"], PublicityEntry.objects.get(case=play.cases[key])
    text = play.said(said["text"], key)
    file = (said["file"], paper("企业登记信息截图", text))
    statement = objections.Statement(said["name"], said["contact"], text, [file])
    objections.raise_(entry=entry, statement=statement, by=Actor(address=PUBLIC_ADDRESS))


def receive(play: Play, key: str) -> None:
    """The office takes the objection up; it is not answered yet."""
    found = Objection.objects.get(entry__case=play.cases[key])
    objections.move(objection=found, code="accept", by=play.people["second"])


STEPS: Mapping[str, Callable[..., None]] = {
    "create": create,
    "publish": round_step("publish", "second"),
    "open": round_step("open"),
    "close_window": round_step("close_window"),
    "decide_round": round_step("decide"),
    "close": round_step("close"),
    "accept": accept,
    "correct": correct,
    "examine": examine,
    "propose": propose,
    "vote": vote,
    "decide": decide,
    "publicity": put_up,
    "certify": certify,
    "object": object_,
    "receive": receive,
}
