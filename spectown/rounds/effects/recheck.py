"""What rechecks and recommendations do: unquestioned items pass, the material is locked, the package is made."""

from __future__ import annotations

from spectown.organisations.actors import Actor
from spectown.rounds.effects.corrections import close_items
from spectown.rounds.enums import Verdict
from spectown.rounds.facts import Facts
from spectown.rounds.items import items_of
from spectown.rounds.models import ItemVerdict, Step
from spectown.rounds.packaging import ask_for_package


def accept_silence(facts: Facts, _step: Step, by: Actor) -> None:
    """Every item without a verdict passes, marked 期满未提问题."""
    ItemVerdict.objects.bulk_create(
        ItemVerdict(
            case=facts.case,
            version=facts.version,
            item=item.code,
            verdict=Verdict.PASSED_BY_SILENCE,
            made_by_id=by.person,
        )
        for item in items_of(facts.case, facts.rules)
        if item.code not in facts.verdicts
    )


def export_package(facts: Facts, _step: Step, by: Actor) -> None:
    """The package of the round is made anew, with this case in it."""
    ask_for_package(round_=facts.case.round, by=by)


RECHECK = {
    "accept_silence": accept_silence,
    "freeze_items": close_items,  # outside draft and correction nothing can be changed but what a correction has opened
    "export_package": export_package,
}
