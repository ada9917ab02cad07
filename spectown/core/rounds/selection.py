"""Which certified towns can be recommended to the province (方案 一(二) 支持参加省级遴选, 四(一) 筛选报送)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from spectown.core.certification.outcomes import Overall, Path
from spectown.core.certification.result import CheckResult
from spectown.core.rounds.ruleparts import Province
from spectown.core.rounds.titles import years_after


@dataclass(frozen=True, slots=True)
class Candidate:
    """A town with its city title, the check of its newest figures, and the figures by field (None: not reported)."""

    in_force: bool
    granted: date
    valid_to: date | None
    check: CheckResult | None
    figures: Mapping[str, Decimal | None]


def recommendation_refusals(candidate: Candidate, rules: Province, on: date, names: Mapping[str, str]) -> list[str]:
    """Why a town cannot be recommended, as sentences; empty = it can. `names`: of the figures, with their units."""
    found = title_refusals(candidate, rules, on)
    if candidate.check is None:
        return [*found, "没有县(区)审核通过的申报数据。"]
    return [*found, *_check(candidate.check, rules), *_figures(candidate, rules, names, rules.least)]


def settled_refusals(candidate: Candidate, rules: Province, on: date, names: Mapping[str, str]) -> list[str]:
    """Of these what a new application cannot mend by itself: the title, a path that is not met, figures too small.

    What nobody has reported or judged yet comes with that application; a recheck asks for less than a recommendation.
    """
    found = title_refusals(candidate, rules, on)
    if candidate.check is None:
        return found
    settled = _looked_at(candidate.check, rules) is Overall.NOT_YET
    reported = [field for field in rules.least if candidate.figures.get(field) is not None]
    return [
        *found,
        *(_check(candidate.check, rules) if settled else ()),
        *_figures(candidate, rules, names, reported),
    ]


def title_refusals(candidate: Candidate, rules: Province, on: date) -> list[str]:
    """What the title alone has against it; the only thing that is known of a town without figures."""
    if not candidate.in_force:
        return ["市级称号不在有效状态。"]
    if candidate.valid_to is not None and candidate.valid_to < on:
        return [f"市级称号有效期已于 {candidate.valid_to} 届满。"]
    ripe = years_after(candidate.granted, rules.held_years)
    return [] if ripe <= on else [f"市级称号须持有满 {rules.held_years} 年,{ripe} 期满。"]


def _looked_at(check: CheckResult, rules: Province) -> Overall | None:
    """What the path that counts came to: the standard one, where the rules ask for it; None: it was not looked at."""
    standard = check.paths.get(Path.STANDARD)
    return (standard.overall if standard else None) if rules.standard_path else check.overall


def _check(check: CheckResult, rules: Province) -> list[str]:
    overall = _looked_at(check, rules)
    if rules.standard_path and overall is not Overall.QUALIFIES:
        return [f"标准条件为“{overall.label if overall else '未核对'}”,推荐须符合标准条件。"]
    if check.overall is not Overall.QUALIFIES:
        return [f"预审结果为“{check.overall.label}”,推荐须符合条件。"]
    return []


def _figures(candidate: Candidate, rules: Province, names: Mapping[str, str], fields: Iterable[str]) -> list[str]:
    found = []
    for field in fields:
        value, least, name = candidate.figures.get(field), rules.least[field], names.get(field, field)
        limit = f"{least.normalize():f}"
        if value is None:
            found.append(f"{name}未报,推荐须不少于 {limit}。")
        elif value < least:
            found.append(f"{name}为 {value.normalize():f},推荐须不少于 {limit}。")
    return found
