"""What counts in a town's chain (方案 二(五)) and which honours give priority."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

LEADING = ("leading",)
PARTNERS = ("upstream", "downstream", "partner")  # 上下游配套
FARM, COOPERATIVE = "family_farm", "cooperative"

# Priority factors of 二(五) by the code in criteria.yaml: kind of honour, level ("" = any).
FACTORS: Mapping[str, tuple[str, str]] = {
    "tech_centre_national": ("tech_centre", "state"),
    "tech_centre_provincial": ("tech_centre", "province"),
    "tech_centre_municipal": ("tech_centre", "city"),
    "engineering_centre": ("engineering_centre", ""),
    "specialised": ("specialised", ""),
    "little_giant": ("little_giant", ""),
    "champion": ("champion", ""),
}


@dataclass(frozen=True, slots=True)
class TownCounts:
    """What the lists say of one town: entities by (chain role, kind), holders by (kind of honour, level).

    Every entity stands under one role and kind only; a holder of two honours of one kind and level counts once.
    `holders_any` is the number of holders by kind whatever the level.
    """

    entities: Mapping[tuple[str, str], int] = field(default_factory=dict)
    holders: Mapping[tuple[str, str], int] = field(default_factory=dict)
    holders_any: Mapping[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """Entities of the town in business, whatever their part."""
        return sum(self.entities.values())

    @property
    def without_role(self) -> int:
        """Entities whose part nobody has filled in; they count nowhere."""
        return self.of_roles(("",))

    def of_roles(self, roles: Iterable[str], kind: str = "") -> int:
        """Entities with one of these parts, of one kind where given."""
        wanted = set(roles)
        return sum(n for (role, of), n in self.entities.items() if role in wanted and kind in ("", of))

    def factor(self, code: str) -> int | None:
        """Holders of what a priority factor asks for; None for a factor that no list knows."""
        if code not in FACTORS:
            return None
        kind, level = FACTORS[code]
        return self.holders.get((kind, level), 0) if level else self.holders_any.get(kind, 0)

    def figures(self) -> dict[str, int]:
        """The figures of the application form by field code; none where the town has no entity in the list: a list that
        nobody has filled in says nothing, which is not zero."""
        if not self.total:
            return {}
        found = {
            "leading_enterprises": self.of_roles(LEADING),
            "chain_partners": self.of_roles(PARTNERS),
            "family_farms": self.of_roles(PARTNERS, FARM),
            "cooperatives": self.of_roles(PARTNERS, COOPERATIVE),
        }
        return found | {f"honour_{code}": self.factor(code) or 0 for code in FACTORS}
