"""What counties do in the demonstration's rounds: application, materials, sending."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping

from spectown.certification import services as applications
from spectown.certification.models import Application
from spectown.organisations.models import Unit
from spectown.rounds.services import cases, materials, moves, notes, rounds
from spectown.web.demorounds.papers import paper
from spectown.web.demorounds.world import Play

VALID, LATER = datetime.timedelta(days=900), datetime.timedelta(days=21)


def send(play: Play, key: str) -> None:
    """Application filled and checked, materials uploaded, handed in and sent to the office."""
    _begin(play, key)
    _send(play, key)


def _send(play: Play, key: str) -> None:
    _upload(play, key)
    moves.move(case=play.case(key), code="hand_in", by=play.fills(key))
    moves.move(case=play.case(key), code="county_submit", by=play.checks(key))


def fill(play: Play, key: str) -> None:
    """A case that its county still fills: half of the materials are there."""
    late(play, key)
    _begin(play, key)
    _upload(play, key, 3)


def late(play: Play, key: str) -> None:
    """The office lets a county hand in later."""
    until, reason = play.day + LATER, play.said(play.data["late"])
    unit = Unit.objects.get(code=play.entrant(key)["unit"])
    rounds.allow_late(round_=play.running, unit=unit, until=until, reason=reason, by=play.people["office"])


def _begin(play: Play, key: str) -> None:
    made = _application(play, key)
    play.cases[key] = cases.begin(round_=play.running, application=made, by=play.fills(key)).pk


def report(play: Play, key: str) -> None:
    """Whoever was called fills in the form that the office opened, and sends it."""
    by, form = play.fills(key), play.case(key).application
    made = applications.save_answers(application=form, raw=_raw(play, key), revision=form.revision, by=by)
    made = applications.submit(application=made, by=by)
    applications.check(application=made, by=play.checks(key))
    _send(play, key)


def note(play: Play, key: str, kind: str, text: str) -> None:
    """The checker of the county writes down what it has to say."""
    notes.write(case=play.case(key), kind=kind, text=text, by=play.checks(key))


def _application(play: Play, key: str) -> Application:
    made = applications.create(by=play.fills(key), town=play.town(key), raw=_raw(play, key))
    made = applications.submit(application=made, by=play.fills(key))
    return applications.check(application=made, by=play.checks(key))


def _raw(play: Play, key: str) -> dict[str, object]:
    spec, town = play.entrant(key), play.town(key)
    county = town.territory.name if town.territory else ""
    raw: dict[str, object] = {
        "town_name": town.name,
        "leading_industry": town.leading_industry,
        "applicant_county": county,
        "category": town.category,
        "counties": [county],
        "output_wan": spec["output"],
        "output_year": play.day.year - 1,
        "leading_enterprises": spec["leading"],
        "chain_partners": spec["chain"],
        "traditional_origin": True,
        "employees": 6200,
        "tax_wan": "1850",
        "province_share": "14",
        "export_wan": "260",
        "honour_specialised": 2,
    }
    told = play.data["evidence"] | spec.get("evidence", {})
    return raw | {f"evidence_{code}": play.said(text, key) for code, text in told.items()}


def _upload(play: Play, key: str, most: int | None = None) -> None:
    case, texts = play.case(key), play.data["materials"]
    wanted = [item for item in case.rules.rules.materials if item.required]
    for item in wanted[:most]:
        name = item.name.removesuffix("(加盖公章)")
        content = paper(name, play.said(texts[item.code], key))
        materials.put(
            case=case,
            item=item.code,
            name=f"{name}.pdf",
            content=content,
            by=play.fills(key),
            expires_on=play.day + VALID,
        )


STEPS: Mapping[str, Callable[..., None]] = {
    "send": send,
    "fill": fill,
    "late": late,
    "report": report,
    "note": note,
}
