"""Facts checked against what a kind needs; every fault names the fact in Chinese. The JSON schema of a kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, create_model
from pydantic_core import ErrorDetails

from spectown.core.documentkinds.common import all_facts
from spectown.core.documentkinds.model import FIGURES, Fact, FactType, Kind

Parts = tuple[int | str, ...]
# Bounds, so that no figure is longer than a line: 10^15, six decimals.
_DECIMAL = Annotated[Decimal, Field(ge=-(10**15), le=10**15, decimal_places=6)]
_COUNT = Annotated[int, Field(ge=0, le=10**15)]
_PLAIN: Mapping[FactType, Any] = {
    FactType.TEXT: str,
    FactType.LONG: str,
    FactType.DATE: date,
    FactType.NUMBER: _DECIMAL,
    FactType.COUNT: _COUNT,
    FactType.MONEY: _DECIMAL,
    FactType.YUAN: _DECIMAL,
    FactType.PERCENT: _DECIMAL,
    FactType.FLAG: bool,
    FactType.LIST: list[str],
    FactType.CELLS: list[list[str | None]],
}
Absence = Literal["不适用", "待核"]  # what stands for a figure that is not null and yet no number
_WANTED: Mapping[FactType, str] = {
    FactType.TEXT: "文字",
    FactType.LONG: "文字",
    FactType.DATE: "日期,如 2026-11-26",
    FactType.NUMBER: "数字",
    FactType.COUNT: "整数",
    FactType.MONEY: "以万元计的数字",
    FactType.YUAN: "以元计的数字",
    FactType.PERCENT: "百分数的数值,如 12.5",
    FactType.FLAG: "是或否(true 或 false)",
    FactType.LIST: "文字的列表",
    FactType.ROWS: "行的列表",
    FactType.CELLS: "行的列表,每行是文字的列表",
}


@dataclass(frozen=True, slots=True)
class FactFault:
    """One fact that is missing or wrong: `place` as in the JSON (items[2].due), `message` a sentence for readers."""

    place: str
    message: str

    def __str__(self) -> str:
        return self.message


class FactsFault(Exception):
    """Facts that a document cannot be made from; `faults` says which."""

    def __init__(self, label: str, faults: list[FactFault]) -> None:
        super().__init__(f"{label}的要素有 {len(faults)} 处问题:" + "".join(map(str, faults)))
        self.faults = faults


def read_facts(kind: Kind, given: Mapping[str, Any]) -> dict[str, Any]:
    """Typed facts, null where a fact that is not required is missing. Raises FactsFault."""
    try:
        facts = model_of(kind).model_validate(dict(given)).model_dump()
    except ValidationError as error:
        faults = {fault.place: fault for fault in (_fault(kind, d) for d in error.errors(include_url=False))}
        raise FactsFault(kind.label, list(faults.values())) from error
    if uneven := list(_uneven(kind, facts)):
        raise FactsFault(kind.label, uneven)
    return facts


def _uneven(kind: Kind, facts: Mapping[str, Any]) -> Iterator[FactFault]:
    """Rows of cells that have more or fewer cells than there are headings."""
    for fact in (fact for fact in kind.facts if fact.type is FactType.CELLS and facts[fact.name]):
        heads = next(other for other in kind.facts if other.name == fact.across)
        wanted = len(facts[heads.name] or ())
        for number, row in enumerate(facts[fact.name]):
            if len(row) != wanted:
                said = f"“{fact.label}的第 {number + 1} 行”有 {len(row)} 格,应与“{heads.label}”一样有 {wanted} 格。"
                yield FactFault(f"{fact.name}[{number}]", said)


def schema(kind: Kind) -> dict[str, Any]:
    """JSON schema of the facts of a kind."""
    return model_of(kind).model_json_schema()


def model_of(kind: Kind) -> type[BaseModel]:
    """The model that reads the facts of a kind; made once for each kind."""
    return _whole(kind.model_dump_json())


@lru_cache(200)
def _whole(written: str) -> type[BaseModel]:
    kind = Kind.model_validate_json(written)
    return _model(kind.kind, kind.label, all_facts(kind))


def _model(name: str, label: str, facts: tuple[Fact, ...]) -> type[BaseModel]:
    config = ConfigDict(extra="forbid", title=label, str_strip_whitespace=True)
    fields: dict[str, Any] = {fact.name: _field(name, fact) for fact in facts}
    return create_model(name, __config__=config, **fields)


def _field(name: str, fact: Fact) -> tuple[Any, Any]:
    if fact.type is FactType.ROWS:
        kind: Any = list[_model(f"{name}_{fact.name}", fact.label, fact.of)]  # type: ignore[misc]  # made at run time
    else:
        kind = _PLAIN[fact.type]
    if fact.type in FIGURES and not fact.required:
        kind = kind | Absence
    about: dict[str, Any] = {"title": fact.label, "description": fact.hint or _WANTED[fact.type]}
    if fact.sample is not None:
        about["examples"] = [fact.sample]
    if not fact.required:
        return kind | None, Field(None, **about)
    if fact.type in (FactType.TEXT, FactType.LONG, FactType.LIST, FactType.ROWS, FactType.CELLS):
        about["min_length"] = 1
    return kind, Field(..., **about)


def _fault(kind: Kind, detail: ErrorDetails) -> FactFault:
    fact, label, parts = _meant(all_facts(kind), detail["loc"])
    place = _place(parts)
    if fact is None:
        return FactFault(place, f"“{place}”不是{kind.label}的要素,请删去或改正名称。")
    if detail["type"] == "missing" or detail["type"].endswith("too_short"):
        return FactFault(place, f"缺少“{label}”,请补上。")
    value = str(detail["input"])
    shown = value if len(value) <= 40 else f"{value[:40]}…"
    return FactFault(place, f"“{label}”应为{_WANTED[fact.type]},现为“{shown}”。")


def _place(parts: Parts) -> str:
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in parts).lstrip(".")


def _meant(facts: tuple[Fact, ...], parts: Parts) -> tuple[Fact | None, str, Parts]:
    """The fact at a place, its label with the row it stands in, the place without what pydantic tried there."""
    found: Fact | None = None
    labels = []
    for at, part in enumerate(parts):
        if isinstance(part, int):
            labels.append(f"第 {part + 1} {'格' if isinstance(parts[at - 1], int) else '行'}")
            continue
        if found and not found.of:
            return found, "的".join(labels), parts[:at]
        inner = found.of if found else facts
        found = next((fact for fact in inner if fact.name == part), None)
        if found is None:
            return None, "", parts
        labels.append(found.label)
    return found, "的".join(labels), parts
