"""A sealed package worked out again: what its hashes, and what a new computation, say against it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from spectown.core.evaluation.consequences import Call, outcome
from spectown.core.evaluation.differing import differences
from spectown.core.evaluation.sealing import Opened, unseal
from spectown.core.evaluation.snapshot import Correction, Snapshot, snapshot_of
from spectown.core.evaluation.table import Unusable
from spectown.core.evaluation.year import Year, year_of
from spectown.core.evaluation.yearreading import read_year_scheme
from spectown.core.evaluation.yearscheme import GENERAL, YearScheme


@dataclass(frozen=True, slots=True)
class Verdict:
    """`faults`: what does not agree, each with its place; none = the package holds. `digest`: of the file.

    `sealed_with`: version of NumPy that worked it out, empty where the package does not say; `label`: of the scheme,
    empty for the general one.
    """

    year: int
    digest: str
    towns: int
    faults: tuple[str, ...]
    sealed_with: str = ""
    label: str = ""


def verify(package: bytes) -> Verdict:
    """Check all hashes and work everything out again. Raises Unusable where it is no package at all."""
    opened = unseal(package)
    faults = list(opened.faults)
    scheme, snapshot = read_year_scheme(opened.parts["scheme.json"]), snapshot_of(opened.parts["snapshot.json"])
    told = snapshot.year, opened.digest, len(snapshot.participants)
    try:
        made = result_of(snapshot, scheme, opened.parts["replies.json"], opened.parts["decisions.json"])
    except Unusable as fault:
        return Verdict(*told, (*faults, str(fault)), label=scheme.label)
    faults += _manifest_faults(opened, snapshot, scheme)
    faults += differences(opened.parts["result.json"], made, _names(snapshot))
    used = str(opened.manifest.get("numpy") or "")
    return Verdict(*told, tuple(dict.fromkeys(faults)), used, scheme.label)


def result_of(snapshot: Snapshot, scheme: YearScheme, replies: Any, decisions: Any) -> dict[str, Any]:
    """result.json from the parts before it: first and final computation, and the lists after the decisions."""
    first = year_of(snapshot, scheme)
    corrections = corrections_of(replies)
    final = year_of(snapshot.corrected(corrections), scheme) if corrections else first
    return {"first": first.plain(), "final": final.plain(), "outcome": outcome_json(final, decisions)}


def outcome_json(final: Year, decisions: Any) -> dict[str, Any]:
    """Lists after the decisions, and what is still open. Raises Unusable."""
    try:
        rulings = {(str(each["town"]), str(each["line"])): bool(each["applies"]) for each in _rows(decisions)}
    except KeyError as error:
        raise Unusable(f"decisions.json 缺少 {error}。") from error
    found = outcome(final.calls, rulings)
    return {
        "commended": list(found.commended),
        "supervised": list(found.supervised),
        "open": [_key(call) for call in found.open],
    }


def corrections_of(replies: Any) -> list[Correction]:
    """Corrections of the replies that were accepted, in the order of their answers. Raises Unusable."""
    try:
        return [
            Correction(each["town"], each["column"], each["which"], _number(each["before"]), _number(each["after"]))
            for each in _rows(replies)
            if each["accepted"]
        ]
    except (KeyError, TypeError, InvalidOperation) as error:
        raise Unusable(f"replies.json 的内容不对({error})。") from error


def _rows(part: Any) -> list[Mapping[str, Any]]:
    if not isinstance(part, list) or not all(isinstance(each, Mapping) for each in part):
        raise Unusable("replies.json 和 decisions.json 应为列表。")
    return part


def _number(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _key(call: Call) -> list[str]:
    return [call.town, call.line]


def _manifest_faults(opened: Opened, snapshot: Snapshot, scheme: YearScheme) -> list[str]:
    told = (("seed", "种子", "评估方案", scheme.scheme.robustness.seed), ("year", "年度", "数据快照", snapshot.year),
            ("scheme", "方案代码", "评估方案", scheme.code))  # fmt: skip
    given = {"scheme": GENERAL} | dict(opened.manifest)  # former packages are all of the general scheme
    faults = [
        f"manifest.json 所记的{word} {said} 与{where}的 {own} 不同。"
        for key, word, where, own in told
        if (said := given.get(key)) != own
    ]
    others = [
        each.name for each in snapshot.participants if scheme.categories and each.category not in scheme.categories
    ]
    return faults + [f"数据快照中的 {'、'.join(others)} 不在评估方案的适用类别中。"] * bool(others)


def _names(snapshot: Snapshot) -> Mapping[str, str]:
    return {code: each.name for code, each in snapshot.meanings.items()}
