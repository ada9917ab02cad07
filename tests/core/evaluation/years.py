"""A year of made-up towns under the scheme of 长治, the same every time."""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from spectown.core.evaluation.sealing import seal
from spectown.core.evaluation.snapshot import Entry, Figure, Meaning, Participant, Snapshot
from spectown.core.evaluation.verifying import result_of
from spectown.core.evaluation.yearreading import read_year_scheme
from spectown.core.evaluation.yearscheme import YearScheme

PLAN = Path(__file__).parents[3] / "plans" / "changzhi-2023"
CATEGORIES = ("manufacturing", "agriculture", "tourism")


def entry(**more: Any) -> dict[str, Any]:
    """The plan's scheme as written, with few draws."""
    found: dict[str, Any] = yaml.safe_load((PLAN / "evaluation.yaml").read_text("utf-8"))["evaluation"][0]
    found["scheme"]["robustness"]["draws"] = 200
    return found | more


def scheme(**more: Any) -> YearScheme:
    """The plan's scheme."""
    return read_year_scheme(entry(**more))


def snapshot(
    towns: int = 8,
    *,
    changed: Mapping[tuple[int, str], float] | None = None,
    entries: tuple[tuple[int, str, int], ...] = (),
    seed: int = 1,
) -> Snapshot:
    """Figures of towns t0, t1, …; `changed`: by number of the town and code; `entries`: items."""
    rng, own = np.random.default_rng(seed), scheme()
    codes = [leaf.code for leaf in own.scheme.indicators]
    now = rng.uniform(10, 100, (towns, len(codes))).round(2)
    last = (now / rng.uniform(0.9, 1.3, now.shape)).round(2)
    for (town, code), value in (changed or {}).items():
        now[town, codes.index(code)] = value
    people = [
        Participant(f"t{n}", f"第{n}镇", f"第{n}县人民政府", CATEGORIES[n % 3], own.group_of(CATEGORIES[n % 3]), "city")
        for n in range(towns)
    ]
    figures = [
        Figure(f"t{n}", code, _number(now[n, m]), _number(last[n, m]), _number(now[n, m]), "certified", "月报")
        for n in range(towns)
        for m, code in enumerate(codes)
    ]
    said = tuple(Entry(f"t{n}", code, Decimal(amount), "文件为证") for n, code, amount in entries)
    meanings = {code: Meaning(f"指标{code}", "万元", 2, "统计局") for code in codes}
    return Snapshot(2026, "2027-01-20", tuple(people), meanings, tuple(figures), said)


def _number(value: float) -> Decimal | None:
    return None if np.isnan(value) else Decimal(str(value))


def reply(town: str, column: str, before: Any, after: Any, *, accepted: bool = True) -> dict[str, Any]:
    """One objection as the package has it."""
    return {"town": town, "column": column, "which": "now", "before": before, "after": after, "accepted": accepted,
            "text": "漏报一户", "answer": "属实"}  # fmt: skip


def package(snap: Snapshot, replies: Any = (), decisions: Any = ()) -> bytes:
    """Sealed as the application seals it."""
    given, said, decided = entry(), list(replies), list(decisions)
    own = read_year_scheme(given)
    parts = {"scheme.json": given, "snapshot.json": snap.plain(), "replies.json": said, "decisions.json": decided}
    parts["result.json"] = result_of(snap, own, said, decided)
    return seal(parts, {"year": snap.year, "seed": own.scheme.robustness.seed})
