"""What begins from a title in the demonstration: the sample of a recheck, calls to it and to a recommendation."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from spectown.rounds.models import Case, Title
from spectown.rounds.services import moves, rechecks, recommending
from spectown.web.demorounds.world import Play


def sample(play: Play, share: int) -> None:
    """Drawn by a seed that was announced; the record is public."""
    seed, source = (play.said(play.data["seed"][name]) for name in ("text", "source"))
    rechecks.draw(round_=play.running, seed=seed, source=source, share=share, by=play.people["office"])


def call(play: Play, keys: list[str]) -> None:
    """The office calls the counties of these titles."""
    services: Mapping[str, Callable[..., list[Case]]] = {"recheck": rechecks.call, "recommendation": recommending.call}
    titles = [Title.objects.select_related("town", "case__unit").get(town=play.town(key)) for key in keys]
    made = services[play.kind](round_=play.running, titles=titles, by=play.people["office"])
    play.cases |= {key: case.pk for key, case in zip(keys, made, strict=True)}


def move(play: Play, key: str, code: str, who: str, reason: str = "") -> None:
    """A move that needs nothing beside it."""
    moves.move(case=play.case(key), code=code, by=play.people[who], reason=reason)


STEPS: Mapping[str, Callable[..., None]] = {"sample": sample, "call": call, "move": move}
