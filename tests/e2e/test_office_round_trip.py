"""What a list gives out comes back unchanged through LibreOffice too: saved there as .xlsx, .xls or .csv."""

import itertools
import subprocess
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from spectown.lists.declaration import BoundColumn, Ledger
from spectown.lists.kinds import Kind
from spectown.lists.registry import ledger_of
from spectown.lists.scope import visible
from tests.apps.round_trip_world import DAYS, ODD, Place, checked, differences, exported, limits_of, prefilled
from tests.kept_rows import kept_rows

pytestmark = pytest.mark.django_db
SLUGS = ("enterprises", "enterprise-honours", "projects", "project-months", "service-platforms", "enterprise-years")
# Filter of LibreOffice: separator, quote, character set (76 UTF-8, 85 GB18030), first row.
CSV = "csv:Text - txt - csv (StarCalc):44,34,{},1"
FEW = ("enterprises", "projects")  # for the ways that share their reader with another one
WAYS = {
    "xlsx": ("xlsx:Calc MS Excel 2007 XML", b""),
    "xls": ("xls:MS Excel 97", b""),
    "csv with mark": (CSV.format(76), b"\xef\xbb\xbf"),
    "csv in GB18030": (CSV.format(85), b""),
}
WHOLE = ("xlsx", "csv in GB18030")
PATIENCE = 180
Filled = tuple[Place, dict[str, list[Path]]]


class Fixed:
    """Takes the place of chance: every reference is filled, every name its turn."""

    def random(self) -> float:
        return 0.0

    def randrange(self, _: int) -> int:
        return 0


def some(bound: BoundColumn) -> list[Any]:
    """Values that a column takes in turn."""
    if bound.kind in (Kind.DECIMAL, Kind.PERCENT):
        low, high = limits_of(bound)
        middle = [v for v in map(Decimal, ("9494613.44", "12.30", "1234.5")) if low <= v <= high]
        return [low, high, None, *middle]
    if bound.kind in (Kind.INTEGER, Kind.YEAR):
        low, high = bound.limits
        return [int(low or 0), min(int(high or 10**9), 2**31 - 1), int(low or 0) + 7]
    if bound.kind == Kind.DATE:
        return [*DAYS, None]
    if bound.kind == Kind.FLAG:
        return [True, False]
    if bound.kind == Kind.CHOICE:
        return [code for code, _ in bound.field.flatchoices]
    most = bound.field.max_length or 600
    return [text for text in ODD if len(text) <= most] + ["", "长" * most]


def drawn(ledger: Ledger, rows: int) -> Iterator[dict[str, Any]]:
    """Values of so many rows, each column in a rhythm of its own."""
    open_columns = [b for b in ledger.bound if not b.column.locked and b.kind not in (Kind.REFERENCE, Kind.CODE)]
    turns = {b.name: itertools.islice(itertools.cycle(some(b)), place, None) for place, b in enumerate(open_columns)}
    for _ in range(rows):
        values = {name: next(turn) for name, turn in turns.items()}
        yield {n: v for n, v in values.items() if v is not None or ledger.by_name[n].field.null}


def converted(files: list[Path], way: str, folder: Path) -> list[bytes]:
    """Each file as LibreOffice saves it."""
    kind, mark = WAYS[way]
    out = folder / "out"
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    command = ["soffice", profile, "--headless", "--norestore", "--convert-to", kind, "--outdir", str(out)]
    subprocess.run([*command, *map(str, files)], check=True, capture_output=True, timeout=PATIENCE)
    return [mark + (out / f"{file.stem}.{kind.partition(':')[0]}").read_bytes() for file in files]


@pytest.fixture(scope="module")
def filled(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Filled]:
    """The lists with their rows, and what goes out of them: the same for every way."""
    folder = tmp_path_factory.mktemp("lists")
    with kept_rows(django_db_blocker):
        place, files = Place(), {}
        ledgers = {slug: ledger for slug in SLUGS if (ledger := ledger_of(slug))}
        for ledger in ledgers.values():
            for values in drawn(ledger, len(ODD)):
                place.row(ledger, values, Fixed())
        for slug, ledger in ledgers.items():
            made = {"a": exported(ledger, place.office), "b": prefilled(ledger, place.county)}
            files[slug] = [folder / f"{slug}-{name}.xlsx" for name in made]
            for file, data in zip(files[slug], made.values(), strict=True):
                file.write_bytes(data)
        yield place, files


@pytest.mark.parametrize("way", WAYS)
def test_saved_in_libreoffice_it_changes_nothing(way: str, filled: Filled, tmp_path: Path) -> None:
    place, made = filled
    ledgers = [ledger for slug in (SLUGS if way in WHOLE else FEW) if (ledger := ledger_of(slug))]
    counts = {ledger.slug: visible(ledger, place.county).count() for ledger in ledgers}
    files = [file for ledger in ledgers for file in made[ledger.slug]]
    found = []
    for file, data in zip(files, converted(files, way, tmp_path), strict=True):
        slug, _, who = file.stem.rpartition("-")
        by, ending = {"a": place.office, "b": place.county}[who], WAYS[way][0].partition(":")[0]
        run = checked(next(ledger for ledger in ledgers if ledger.slug == slug), by, data, f"表.{ending}")
        found += [(file.name, difference) for difference in differences(run)]
        assert run.counts.get("rows", 0) >= counts[slug] >= len(ODD) or found
    assert found == []
