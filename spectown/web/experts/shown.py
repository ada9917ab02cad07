"""What an expert sees of a case: sections of the sheet, material of the version that is read, others' sheets later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from spectown.certification.facts import fields_of
from spectown.core.rounds.ruleparts import ScoreItem
from spectown.core.rounds.scores import rounded, sheet_total
from spectown.rounds.models import CaseVersion, Seat
from spectown.rounds.panels import present, seats_of
from spectown.rounds.services.scoring import Typed
from spectown.rounds.sheets import Changed, changes, sheet_of
from spectown.web.certification.forms import words


@dataclass(frozen=True, slots=True)
class File:
    """One file that can be opened: what it is, its name, kind and number in the address."""

    label: str
    name: str
    kind: str
    pk: int
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One item of the sheet with what was given or typed, and the material that belongs to its clause."""

    item: ScoreItem
    points: str
    abstained: bool
    reason: str
    fault: str
    files: list[File]

    @property
    def most(self) -> str:
        """The most points, without needless zeros."""
        return f"{self.item.max_points.normalize():f}"

    @property
    def is_done(self) -> bool:
        """True where nothing is missing for submitting."""
        return bool((self.points or self.abstained) and self.reason.strip() and not self.fault)


def plain(value: Decimal | None) -> str:
    """Points without needless zeros; empty where there are none."""
    return "" if value is None else f"{value.normalize():f}"


def sections(
    seat: Seat, version: CaseVersion | None, typed: Mapping[str, Typed], faults: Mapping[str, str]
) -> list[Section]:
    """All items; what was just typed stands before what is stored."""
    stored = {score.item: Typed(plain(score.points), score.abstained, score.reason) for score in seat.scores.all()}
    files = material_rows(seat, version)
    found = []
    for item in seat.case.rules.rules.sheet:
        given = typed.get(item.code, stored.get(item.code, Typed()))
        own = [file for file in files if file.clause == item.clause]
        found.append(Section(item, given.points, given.abstained, given.reason, faults.get(item.code, ""), own))
    return found


def material_rows(seat: Seat, version: CaseVersion | None) -> list[File]:
    """Materials of the version in the order of the round's list, each under the clause that it proves."""
    held = version.content.get("materials", {}) if version else {}
    return [
        File(item.name, held[item.code]["name"], "material", held[item.code]["pk"], item.clause)
        for item in seat.case.rules.rules.materials
        if item.code in held
    ]


def proofs(seat: Seat, version: CaseVersion | None) -> list[File]:
    """Evidence of the application as the version holds it."""
    digests = {file["sha256"] for file in version.content.get("files", ())} if version else set()
    rows = seat.case.application.files.filter(sha256__in=digests).order_by("criterion", "pk")
    titles = {field.code: field.label for field in fields_of(seat.case.application)}
    return [File(titles.get(f"evidence_{row.criterion}", "附件"), row.name, "proof", row.pk) for row in rows]


def told_fields(seat: Seat, version: CaseVersion | None) -> list[tuple[str, str]]:
    """The form as the version holds it, label and words."""
    raw = version.content.get("fields", {}) if version else {}
    fields = fields_of(seat.case.application)
    return [(field.heading, words(field, raw[field.code])) for field in fields if field.code in raw]


def differences(seat: Seat, newest: CaseVersion | None) -> list[Changed]:
    """What has changed since the version that was read."""
    if seat.version is None or newest is None:
        return []
    labels = {field.code: field.heading for field in fields_of(seat.case.application)}
    names = {item.code: item.name for item in seat.case.rules.rules.materials}
    return changes(seat.version, newest, labels, names)


def own_total(seat: Seat) -> Decimal | None:
    """The weighted total of the own sheet, of 100; None while an item has no points."""
    total = sheet_total(sheet_of(seat), seat.case.rules.rules.sheet)
    return None if total is None else rounded(total)


@dataclass(frozen=True, slots=True)
class Other:
    """Another expert's submitted sheet, without the name."""

    label: str
    total: Decimal | None
    lines: list[tuple[str, str, str]]
    comment: str


def others(seat: Seat) -> list[Other]:
    """Others' submitted sheets, only once the own one is submitted."""
    if seat.submitted_at is None:
        return []
    rows = [each for each in present(seats_of(seat.case)) if each.submitted_at is not None and each.pk != seat.pk]
    return [_other(number, each, seat) for number, each in enumerate(rows, start=1)]


def _other(number: int, other: Seat, mine: Seat) -> Other:
    items, sheet = mine.case.rules.rules.sheet, sheet_of(other)
    total = sheet_total(sheet, items)
    lines = [
        (item.title, "弃权" if line.abstained else plain(line.points), line.reason)
        for item in items
        if (line := sheet.lines.get(item.code)) is not None
    ]
    return Other(f"专家{number}", None if total is None else rounded(total), lines, other.comment)
