"""Stored scores as the sheets of core.rounds.scores: what counts, how far it lies apart, what has changed since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from spectown.core.rounds.ruleparts import ScoreItem
from spectown.core.rounds.rules import Rules
from spectown.core.rounds.scores import CaseScore, Line, Sheet, case_score
from spectown.core.rounds.spread import Spread, spread
from spectown.rounds.models import Case, CaseVersion, Seat
from spectown.rounds.panels import expert_number, present


def newest_version(case: Case) -> CaseVersion | None:
    """The version pinned last."""
    return case.versions.order_by("number").last()


def outdated(seat: Seat, newest: CaseVersion | None) -> bool:
    """True where the seat read an older version than the newest and has not confirmed that one."""
    return newest is not None and seat.version_id is not None and seat.version_id != newest.pk


def sheet_of(seat: Seat) -> Sheet:
    """One seat's sheet with whatever it holds."""
    lines = {score.item: Line(score.points, score.reason, score.abstained) for score in seat.scores.all()}
    number = seat.version.number if seat.version else 0
    return Sheet(expert_number(seat.expert), number, lines, seat.submitted_at is not None)


def counted(seats: Iterable[Seat], newest: CaseVersion | None) -> list[Seat]:
    """Seats whose sheet counts: not left, submitted, and read or confirmed on the newest version."""
    return [seat for seat in present(seats) if seat.submitted_at is not None and not outdated(seat, newest)]


def score_of(seats: Iterable[Seat], newest: CaseVersion | None, rules: Rules) -> CaseScore:
    """The score of a case from the sheets that count. Raises ValueError where the round has no panel."""
    return case_score([sheet_of(seat) for seat in counted(seats, newest)], rules)


@dataclass(frozen=True, slots=True)
class ItemSpread:
    """One item of the sheet over the experts, of 100 so that outliers mean the same as for the total."""

    item: ScoreItem
    spread: Spread


def total_spread(score: CaseScore, rules: Rules) -> Spread:
    """How far the experts' totals lie apart."""
    return spread(score.totals, rules.outliers)


def item_spreads(sheets: Sequence[Sheet], rules: Rules) -> list[ItemSpread]:
    """The same for each item."""
    return [ItemSpread(item, spread(_shares(sheets, item), rules.outliers)) for item in rules.sheet]


def _shares(sheets: Sequence[Sheet], item: ScoreItem) -> Mapping[str, Fraction | None]:
    lines = {sheet.expert: sheet.lines.get(item.code) for sheet in sheets}
    return {
        expert: Fraction(line.points) / Fraction(item.max_points) * 100
        for expert, line in lines.items()
        if line is not None and line.points is not None
    }


@dataclass(frozen=True, slots=True)
class Changed:
    """One thing that differs between the version that was read and the newest."""

    label: str
    before: str
    after: str


def changes(
    old: CaseVersion, new: CaseVersion, labels: Mapping[str, str], materials: Mapping[str, str]
) -> list[Changed]:
    """Differences of two versions: fields by their labels, materials by name and content."""
    found = _fields(old.content["fields"], new.content["fields"], labels)
    before, after = old.content["materials"], new.content["materials"]
    for code in sorted(before.keys() | after.keys()):
        was, now = before.get(code, {}), after.get(code, {})
        if was.get("sha256") != now.get("sha256"):
            name = f"材料:{materials.get(code, code)}"
            found.append(Changed(name, was.get("name", "没有"), _replaced(was.get("name"), now.get("name", "没有"))))
    proofs = [{(f["criterion"], f["name"], f["sha256"]) for f in v.content.get("files", ())} for v in (old, new)]
    found += [Changed("附件", name, "已移除") for _code, name, _digest in sorted(proofs[0] - proofs[1])]
    return found + [Changed("附件", "没有", name) for _code, name, _digest in sorted(proofs[1] - proofs[0])]


def _replaced(before: str | None, after: str) -> str:
    return f"{after}(内容已更换)" if before == after else after


def _fields(old: Mapping[str, object], new: Mapping[str, object], labels: Mapping[str, str]) -> list[Changed]:
    return [
        Changed(labels.get(code, code), _plain(old.get(code)), _plain(new.get(code)))
        for code in sorted(old.keys() | new.keys())
        if old.get(code) != new.get(code)
    ]


def _plain(value: object) -> str:
    if value is None or value == "":
        return "未填"
    if isinstance(value, list):
        return "、".join(map(str, value)) or "未填"
    return {True: "是", False: "否"}[value] if isinstance(value, bool) else str(value)
