"""What the reviewed YAML of a plan folder may say, entry by entry."""

from __future__ import annotations

import datetime
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from spectown.organisations.enums import NameKind, TerritoryKind, UnitKind


class Strict(BaseModel):
    """YAML mapping without unknown keys."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class PlanFile(Strict):
    """plan.yaml."""

    code: str = Field(pattern=r"^[a-z0-9-]+$")
    city: str
    source: str


class TerritoryEntry(Strict):
    """One territory of organisation.yaml; `grid` is (row, column) in the schematic."""

    code: str
    name: str
    kind: TerritoryKind
    grid: tuple[int, int] = (0, 0)


class NameEntry(Strict):
    """One dated name of a unit."""

    name: str
    kind: NameKind = NameKind.ALIAS
    valid_from: datetime.date | None = Field(None, alias="from")
    valid_to: datetime.date | None = Field(None, alias="to")
    note: str = ""


def _name(value: Any) -> Any:
    return {"name": value} if isinstance(value, str) else value


class UnitEntry(Strict):
    """One unit of organisation.yaml; the first plain name is the official one."""

    code: str
    kind: UnitKind
    names: list[Annotated[NameEntry, BeforeValidator(_name)]] = Field(min_length=1)
    territory: str = ""
    parent: str = ""
    members_of_kind: list[UnitKind] = []

    def dated_names(self) -> list[NameEntry]:
        """Names with the first plain one marked official."""
        first = self.names[0]
        head = first if first.kind == NameKind.OFFICIAL else first.model_copy(update={"kind": NameKind.OFFICIAL})
        return [head, *self.names[1:]]

    def name_in_use(self) -> str:
        """Official name without an end; the last one where all have ended."""
        official = [n for n in self.dated_names() if n.kind == NameKind.OFFICIAL]
        return next((n.name for n in official if n.valid_to is None), official[-1].name)


class Organisation(Strict):
    """organisation.yaml."""

    territories: list[TerritoryEntry] = []
    units: list[UnitEntry] = []


class FigureEntry(Strict):
    """One needed figure."""

    code: str
    label: str
    clause: str
    supplier: str = ""


class Figures(Strict):
    """figures.yaml."""

    figures: list[FigureEntry] = []


class YearEntry(Strict):
    """One year of calendar.yaml."""

    year: int = Field(ge=2000, le=2100)
    source: str
    provisional: bool = False
    holidays: dict[datetime.date, str] = {}
    workdays: dict[datetime.date, str] = {}


class Calendar(Strict):
    """calendar.yaml."""

    years: list[YearEntry] = []


class AliasEntry(Strict):
    """Another name of a town."""

    name: str
    source: str


class TownEntry(Strict):
    """What the text does not say of one listed town."""

    number: int
    code: str
    category: str
    leading_industry: str = ""
    responsible: str = ""
    aliases: list[AliasEntry] = []


class Towns(Strict):
    """towns.yaml."""

    document: str = ""
    clause: str = ""
    level: str = "city"
    towns: list[TownEntry] = []
