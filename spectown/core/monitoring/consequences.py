"""What a change of the catalogue, a form or a rule touches, told before it is saved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from spectown.core.monitoring.balance import sides_of
from spectown.core.monitoring.catalogue import Catalogue
from spectown.core.monitoring.checks import AnyRule, Balance
from spectown.core.monitoring.forms import ReportForm, burden, form_on
from spectown.core.monitoring.plandata import PlanData
from spectown.core.monitoring.tree import refs
from spectown.core.periods import Period, containing


@dataclass(frozen=True, slots=True)
class Uses:
    """Where an indicator is used, in words: forms that show it, figures worked out of it, rules that look at it."""

    forms: tuple[str, ...]
    formulas: tuple[str, ...]
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Load:
    """A form's burden before and after, as sentences; `more`: cells a year more (below 0: fewer)."""

    form: str
    before: str
    after: str
    more: int

    @property
    def less(self) -> int:
        """Cells a year fewer."""
        return -self.more


def uses(data: PlanData, code: str) -> Uses:
    """Who uses it, directly or through other figures."""
    read = readers(data.catalogue, code)
    names = [data.catalogue.versions[each][-1].name for each in read]
    forms = dict.fromkeys(form.name for form in data.forms if code in form.codes)
    rules = [rule.says for rule in data.rules if code in codes_of(rule, data.catalogue)]
    return Uses(tuple(forms), tuple(names), tuple(rules))


def readers(catalogue: Catalogue, code: str) -> list[str]:
    """Computed indicators that read it, directly or through others, in the order of the catalogue."""
    found, fresh = {code}, {code}
    while fresh:
        fresh = {
            each for (each, _), node in catalogue.trees.items() if {ref.code for ref in refs(node)} & fresh
        } - found
        found |= fresh
    return [each for each in catalogue.versions if each in found and each != code]


def codes_of(rule: AnyRule, catalogue: Catalogue) -> set[str]:
    """Indicators that a rule names; those without a name look at all that are filled in."""
    if isinstance(rule, Balance):
        sides = sides_of(rule, catalogue)
        return {ref.code for node in (sides.left, sides.right) for ref in refs(node)}
    return set(rule.indicators)


def loads(before: PlanData, after: PlanData, since: Period, towns: Mapping[str, int]) -> list[Load]:
    """Forms whose burden changes for the period that begins the change."""
    found = []
    for code in dict.fromkeys(form.code for form in after.forms):
        period = containing(since, next(form.every for form in after.forms if form.code == code))
        now, old = form_on(after.forms, code, period), form_on(before.forms, code, period)
        told = [_burden(each, data, since, towns) for each, data in ((old, before), (now, after))]
        if now is not None and told[0] != told[1]:
            found.append(Load(now.name, told[0][0], told[1][0], told[1][1] - told[0][1]))
    return found


def _burden(form: ReportForm | None, data: PlanData, since: Period, towns: Mapping[str, int]) -> tuple[str, int]:
    if form is None:
        return "", 0
    told = burden(form, data.catalogue, containing(since, form.every), towns)
    return told.sentence, told.cells
