"""Quotas of a round: who of an order comes too late for the total, a county's or a field's limit."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from spectown.core.rounds.ruleparts import Quota

Limit = tuple[str, str]  # kind of limit, county or field


@dataclass(frozen=True, slots=True)
class Claim:
    """A case that asks for one title, with the county and the field whose quota it uses."""

    case: str
    county: str
    field: str


@dataclass(frozen=True, slots=True)
class Over:
    """A case that a quota stops: names of the limits; `tie`: not full before it, but its equals do not all fit."""

    names: tuple[str, ...]
    tie: bool
    reasons: tuple[str, ...]


def over_quota(groups: Sequence[Sequence[Claim]], quota: Quota) -> Mapping[str, Over]:
    """By case, what stops it: `groups` in order, equals together. Whoever is stopped by a full limit uses no other.

    Equals that do not all fit are all stopped as a tie (the leading group decides among them) and use up the limit.
    """
    used: Counter[Limit] = Counter()
    found: dict[str, Over] = {}
    for group in groups:
        full = {claim.case: [n for n, most in _limits(claim, quota) if used[n] >= most] for claim in group}
        found |= {case: Over(_names(limits), False, _full(limits, quota)) for case, limits in full.items() if limits}
        rest = [claim for claim in group if not full[claim.case]]
        wanted = Counter(name for claim in rest for name, _ in _limits(claim, quota))
        for claim in rest:
            crossed = [n for n, most in _limits(claim, quota) if used[n] + wanted[n] > most]
            if crossed:
                found[claim.case] = Over(_names(crossed), True, _tie(crossed, quota))
        used += wanted
    return found


def submitted_over(claims: Iterable[Claim], quota: Quota) -> list[str]:
    """Counties that handed in more cases than their quota, as sentences; a warning, it decides nothing."""
    counts = Counter(claim.county for claim in claims)
    limits = {county: quota.of_county(county) for county in counts}
    return [
        f"{county}申报{counts[county]}件,多于名额{limit}个。"
        for county, limit in sorted(limits.items())
        if limit is not None and counts[county] > limit
    ]


def _limits(claim: Claim, quota: Quota) -> Iterator[tuple[Limit, int]]:
    pairs = (
        (("total", ""), quota.total),
        (("county", claim.county), quota.of_county(claim.county)),
        (("field", claim.field), quota.of_field(claim.field)),
    )
    yield from ((name, most) for name, most in pairs if most is not None)


def _names(limits: Iterable[Limit]) -> tuple[str, ...]:
    return tuple(_name(limit) for limit in limits)


def _name(limit: Limit) -> str:
    return {"total": "总名额", "county": f"{limit[1]}名额", "field": f"类别{limit[1]}名额"}[limit[0]]


def _most(limit: Limit, quota: Quota) -> int | None:
    kind, name = limit
    return {"total": quota.total, "county": quota.of_county(name), "field": quota.of_field(name)}[kind]


def _full(limits: Iterable[Limit], quota: Quota) -> tuple[str, ...]:
    return tuple(f"{_name(limit)}{_most(limit, quota)}个已满。" for limit in limits)


def _tie(limits: Iterable[Limit], quota: Quota) -> tuple[str, ...]:
    return tuple(f"与他件并列,{_name(limit)}{_most(limit, quota)}个不够,由领导小组决定。" for limit in limits)
