"""Figures that the lists know already (由清单得出): one set-based query or a few for all towns and one period.

A list tells what is so now. Titles, brands and the like have their days, so a period that is over is told by its last
day; whether an enterprise was in business then is not kept, which is why a figure is worked out while its period is
open and then stays.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from spectown.core.periods import Period
from spectown.enterprises.enums import HonourKind
from spectown.monitoring.deriving import firms, investing, rows
from spectown.monitoring.deriving.found import Found, Span, span_of
from spectown.monitoring.deriving.promoted import promoted

__all__ = ["DERIVING", "Found", "derive"]

DERIVING: Mapping[str, Callable[[Span], Found]] = MappingProxyType(
    {
        "entities": firms.entities,
        "entities_new": firms.entities_new,
        "leading_enterprises": firms.leading,
        "chain_partners": firms.partners,
        "above_scale": firms.above_scale,
        "promoted": promoted,
        "specialised_holders": firms.holders(HonourKind.SPECIALISED),
        "little_giants": firms.holders(HonourKind.LITTLE_GIANT),
        "champions": firms.holders(HonourKind.CHAMPION),
        "high_tech": firms.holders(HonourKind.HIGH_TECH),
        "tech_centres": rows.tech_centres,
        "research_running": rows.research_running,
        "patents_valid": rows.patents_valid,
        "brands": rows.brands,
        "standards": rows.standards,
        "projects": investing.projects,
        "projects_started": investing.started,
        "projects_producing": investing.producing,
        "project_investment": investing.invested,
        "project_planned": investing.planned,
        "deals_amount": investing.contracted,
        "deals_arrived": investing.arrived,
        "trained": rows.trained,
        "fairs": rows.fairs,
        "platform_functions": rows.platform_functions,
        "needs_raised": rows.needs_raised,
        "needs_met": rows.needs_met,
        "policies_paid": rows.policies_paid,
        "problems_open": rows.problems_open,
    }
)


def derive(code: str, period: Period) -> Found:
    """What the lists say, by the code of core.monitoring.derivations. Raises KeyError for another code."""
    return DERIVING[code](span_of(period))
