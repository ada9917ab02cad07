"""Which counties an application may name: those of the city, and as applicant its own (方案 二, first sentence)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from spectown.core.certification.parse import Parsed


@dataclass(frozen=True, slots=True)
class Places:
    """`known`: names of the city's counties and zones; `own`: names under which the applicant may apply."""

    known: tuple[str, ...]
    own: tuple[str, ...]

    def reasons(self, values: Mapping[str, Parsed]) -> dict[str, str]:
        """Why a named place cannot stand, by field code; nothing is said of what is not filled in."""
        found = {}
        counties = values.get("counties")
        strange = [name for name in counties if name not in self.known] if isinstance(counties, tuple) else []
        if self.known and strange:
            named = "、".join(strange)
            found["counties"] = f"中的“{named}”不是本市的县(区),请从下列名称中选填:{'、'.join(self.known)}"
        applicant = values.get("applicant_county")
        if self.own and applicant is not None and applicant not in self.own:
            found["applicant_county"] = f"应为本单位所在的“{self.own[0]}”,现为“{applicant}”,不能代其他县(区)申报"
        return found
