"""What an application says (申报书), as facts for the checks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from spectown.core.certification.outcomes import Outcome


@dataclass(frozen=True, slots=True)
class Judgement:
    """An expert's or officer's recorded judgement of one criterion: who, what and why."""

    outcome: Outcome
    by: str
    reason: str

    def __post_init__(self) -> None:
        """Refuse a judgement that says neither met nor unmet."""
        if self.outcome not in (Outcome.MET, Outcome.UNMET):
            raise ValueError(f"a judgement is met or unmet, not {self.outcome}")


@dataclass(frozen=True, slots=True)
class Answers:
    """The facts of one application. None (or empty) means not reported; that is never 0.

    Amounts are 万元, shares are per cent. `chain_partners` is the total: family farms and cooperatives
    are part of it (方案 二(五) 「含家庭农场、专业合作社」) and are never added to it. `evidence` and
    `judgements` go by criterion code, `honours` by the code of the priority factor.
    `sources` says by field code where a figure comes from that nobody typed: 清单计数 with its day.
    """

    town_name: str | None = None
    leading_industry: str | None = None
    applicant_county: str | None = None
    category: str | None = None
    output_wan: Decimal | None = None
    output_year: int | None = None
    leading_enterprises: int | None = None
    chain_partners: int | None = None
    family_farms: int | None = None
    cooperatives: int | None = None
    counties: tuple[str, ...] = ()
    counties_reason: str | None = None
    traditional_origin: bool | None = None
    employees: int | None = None
    tax_wan: Decimal | None = None
    province_share: Decimal | None = None
    national_share: Decimal | None = None
    export_wan: Decimal | None = None
    evidence: Mapping[str, str] = field(default_factory=dict)
    honours: Mapping[str, int] = field(default_factory=dict)
    judgements: Mapping[str, Judgement] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)

    def figure(self, name: str) -> Decimal | int | None:
        """Return a reported number by its field code; None if it was not reported.

        Raises KeyError for a field that is not a number of the form: then the criteria data is wrong.
        """
        if name not in FIGURES:
            raise KeyError(f"{name} is not a figure of the application")
        value: Decimal | int | None = getattr(self, name)
        return value


FIGURES = frozenset(
    {
        "output_wan",
        "output_year",
        "leading_enterprises",
        "chain_partners",
        "family_farms",
        "cooperatives",
        "employees",
        "tax_wan",
        "province_share",
        "national_share",
        "export_wan",
    }
)
