"""Which schemes hold for a year, and for whom: the plan's entries with those in place that were approved here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, count
from typing import Any

from spectown.core.evaluation import sharing
from spectown.core.evaluation.sharing import code_of
from spectown.core.evaluation.unfinished import lacking
from spectown.core.evaluation.yearscheme import GENERAL, YearScheme
from spectown.evaluation.models import Evaluation, Scheme
from spectown.monitoring.catalogue import plan_data
from spectown.monitoring.enums import DefinitionKind
from spectown.monitoring.models import Definition
from spectown.monitoring.own import At, at_odds, current
from spectown.plans.models import Category, PlanVersion
from spectown.towns.enums import Level

Entry = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Held:
    """A version of a scheme that holds from its year on; `own`: the version of ours, None where it is the plan's."""

    year: int
    entry: Entry
    own: Definition | None

    @property
    def code(self) -> str:
        """Of the scheme."""
        return code_of(self.entry)

    @property
    def key(self) -> str:
        """What addresses call it."""
        return sharing.key_of(self.year, self.code)

    @property
    def title(self) -> str:
        """What tells it from the other schemes of the year."""
        return sharing.title_of(self.entry)


def at(year: int, code: str = GENERAL) -> At:
    """The place of a scheme from a year on."""
    return At(DefinitionKind.SCHEME, code, year)


def planned() -> list[Entry]:
    """What the plan itself says, the earliest first."""
    version = PlanVersion.objects.current()
    found: list[Entry] = version.evaluation if version else []
    return sorted(found, key=_order)


def held() -> list[Held]:
    """All versions of all schemes, the earliest first, of a year the general one first."""
    found = {_place(entry): Held(int(entry["year"]), entry, None) for entry in planned()}
    own = current([DefinitionKind.SCHEME])
    found |= {(row.code, row.since): Held(row.since, row.data, row) for row in own if row.data}
    return sorted(found.values(), key=lambda each: _order(each.entry))


def entries(*instead: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """All versions as written, `instead` in the places of those that they would replace."""
    found: dict[tuple[str, int], Mapping[str, Any]] = {_place(each.entry): each.entry for each in held()}
    return list((found | {_place(each): each for each in instead}).values())


def all_in_force(year: int) -> dict[str, Entry]:
    """The schemes by which the towns of a year are evaluated, by code, the general one first."""
    return {code: dict(entry) for code, entry in sharing.in_force(entries(), year).items()}


def in_force(year: int, code: str = GENERAL) -> Entry | None:
    """The version of a scheme for a year; None before its first and where it has ended."""
    return all_in_force(year).get(code)


def holder_of(year: int, scheme: YearScheme) -> Mapping[str, str]:
    """Code of the scheme by category, of those in force for a year; `scheme` counts in the place of its own version."""
    held_now = all_in_force(year)
    own = {"year": scheme.year, "code": scheme.code, "categories": () if scheme.ended else scheme.categories}
    return sharing.holders({**held_now, scheme.code: own})


def of_plan(year: int, code: str = GENERAL) -> list[Entry]:
    """What the plan itself says of a scheme for a year, as a list of one or none."""
    begun = [entry for entry in planned() if code_of(entry) == code and int(entry["year"]) <= year]
    return begun[-1:]


def conflicts() -> list[Definition]:
    """Schemes of ours where the plan says something else for their year than when they were approved."""
    return at_odds(current([DefinitionKind.SCHEME]), lambda row: of_plan(row.since, row.code))


def frozen_from(year: int, code: str = GENERAL) -> Evaluation | None:
    """The first evaluation from this year on that stands on this scheme, or on the general one, which may hold its
    towns, and is frozen: for good once it was shown to counties."""
    rows = Evaluation.objects.exclude(state="draft", round=1).filter(year__gte=year, code__in=(GENERAL, code))
    return rows.order_by("year").first()


def new_code(chosen: Sequence[str]) -> str:
    """A code for a new scheme of categories: that of its first category, numbered where another has it."""
    taken = {each.code for each in held()} | set(Scheme.objects.values_list("code", flat=True))
    numbered = (f"{chosen[0]}-{number}" for number in count(2))
    return next(code for code in chain([chosen[0]], numbered) if code not in taken)


def overlapping(entry: Mapping[str, Any]) -> list[str]:
    """Which other schemes claim categories of this one, once it is in force; the general one claims none."""
    if code_of(entry) == GENERAL:
        return []
    return [text for text in sharing.overlaps(entries(entry), categories()) if f"“{sharing.title_of(entry)}”" in text]


def _place(entry: Mapping[str, Any]) -> tuple[str, int]:
    return code_of(entry), int(entry["year"])


def _order(entry: Mapping[str, Any]) -> tuple[int, bool, str]:
    return int(entry["year"]), code_of(entry) != GENERAL, code_of(entry)


def names() -> dict[str, str]:
    """Names by code of indicators, categories and levels."""
    found = {code: versions[-1].name for code, versions in plan_data().catalogue.versions.items()}
    return {**{str(level.value): str(level.label) for level in Level}, **categories(), **found}


def categories() -> dict[str, str]:
    """Categories of the current plan, in order."""
    return dict(Category.objects.filter(version__is_current=True).values_list("code", "label"))


def looked_over() -> list[tuple[Held, list[str]]]:
    """All versions, the latest first, each with what it lacks and which others claim categories of it."""
    rows, words, fields = held(), names(), categories()
    known, clashes = plan_data().catalogue.versions, sharing.overlaps([each.entry for each in rows], fields)
    return [
        (each, [*lacking(each.entry, known, fields, words), *(text for text in clashes if f"“{each.title}”" in text)])
        for each in reversed(rows)
    ]


def lacks(entry: Mapping[str, Any]) -> list[str]:
    """What a scheme still lacks before it can be approved."""
    return lacking(entry, plan_data().catalogue.versions, categories(), names())
