"""What a publicity and certifying after it need."""

from __future__ import annotations

from spectown.core.rounds.publicity import Objection as Raised
from spectown.core.rounds.publicity import Publicity as Period
from spectown.core.rounds.publicity import blocks
from spectown.rounds.conditions.worded import lacking
from spectown.rounds.facts import Facts
from spectown.rounds.models import Objection, Publicity

OPEN = ("raised", "accepted")


def period_of(found: Publicity) -> Period:
    """The days of a publicity as the core wants them."""
    return Period(found.starts, found.ends, provisional=False)


def raised(found: Objection, files: int) -> Raised:
    """An objection as the core wants it; the town is the case."""
    return Raised(
        number=found.receipt,
        town=str(found.entry.case_id),
        name=found.name,
        contact=found.contact,
        text=found.text,
        evidence=files,
        received=found.received_on,
        open=found.state in OPEN,
        upheld=found.state == "upheld",
    )


def publicity_ready(facts: Facts) -> tuple[str, ...]:
    """A publicity stands ready that shows exactly the version that was decided."""
    made, entry = facts.decision, facts.entry
    same = made is not None and entry is not None and entry.version_id == made.version_id
    return lacking("publicity_ready", publicity_ready=same and facts.rules.publicity_days > 0)


def publicity_ended(facts: Facts) -> tuple[str, ...]:
    """The last day is over."""
    entry = facts.entry
    if entry is not None and facts.on <= entry.publicity.ends:
        return (f"公示至 {entry.publicity.ends} 止,还没有期满。",)
    return lacking("publicity_ended", publicity_ended=entry is not None)


def _blocks(facts: Facts, **states: object) -> list[str]:
    found = Objection.objects.filter(entry__case=facts.case, **states).select_related("entry")
    return blocks([raised(each, 1) for each in found.order_by("pk")], str(facts.case.pk))


def no_open_objection(facts: Facts) -> tuple[str, ...]:
    """No objection against this town, in whichever of its publicities, waits."""
    return lacking("no_open_objection", open_objections=_blocks(facts, state__in=OPEN))


def _upheld(facts: Facts) -> list[str]:
    return _blocks(facts, state="upheld", entry=facts.entry) if facts.entry else []


def no_upheld_objection(facts: Facts) -> tuple[str, ...]:
    """None against the publicity that counts was found to be right."""
    return lacking("no_upheld_objection", upheld_objections=_upheld(facts))


def objection_upheld(facts: Facts) -> tuple[str, ...]:
    """One was."""
    return lacking("objection_upheld", upheld_objections=_upheld(facts))


PUBLICITY = {
    "publicity_ready": publicity_ready,
    "publicity_ended": publicity_ended,
    "no_open_objection": no_open_objection,
    "no_upheld_objection": no_upheld_objection,
    "objection_upheld": objection_upheld,
}
