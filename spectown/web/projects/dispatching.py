"""调度 as shown: which projects, in which order, what they add up to, who has not reported."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from spectown.core.lights import Level
from spectown.core.projects.months import Look, following, previous
from spectown.lists.scope import visible
from spectown.organisations.actors import Actor
from spectown.projects.enums import Course
from spectown.projects.facts import Figures, figures_of
from spectown.projects.lists import PROJECTS
from spectown.projects.models import Project
from spectown.web.projects.forms import DispatchFilter

ALARM = {Level.RED, Level.YELLOW}


@dataclass(frozen=True, slots=True)
class Dispatch:
    """Everything of the page. `against`: what was done of the plans; `silent`: projects without the month's report."""

    look: Look
    rows: tuple[Figures, ...]
    levels: Counter[str]
    planned: Decimal
    done: Decimal
    against: Decimal
    month: Decimal
    silent: dict[str, list[Project]]
    has_settings: bool

    @property
    def alarms(self) -> int:
        """Projects with a red or yellow light."""
        return sum(self.levels[level] for level in ALARM)

    @property
    def share(self) -> Decimal | None:
        """Completed share of the year's plan in percent, over the projects that have a plan."""
        return (self.against / self.planned * 100).quantize(Decimal("0.1"), ROUND_HALF_UP) if self.planned else None

    @property
    def silent_count(self) -> int:
        """Projects without the month's report."""
        return sum(map(len, self.silent.values()))

    @property
    def before(self) -> str:
        """The month before, as an address has it."""
        return "{}-{:02d}".format(*previous((self.look.year, self.look.month)))

    @property
    def after(self) -> str:
        """The month after."""
        return "{}-{:02d}".format(*following((self.look.year, self.look.month)))


def dispatch_of(actor: Actor, form: DispatchFilter) -> Dispatch:
    """The month of the projects that the actor sees and the form chooses; ended ones are not dispatched."""
    condition = form.condition()
    look = form.look()
    rows = visible(PROJECTS, actor).filter(**condition).exclude(course=Course.ENDED)
    related = ("territory", "town", "unit", "post")
    found = figures_of(list(rows.select_related(*related).order_by("territory__order", "pk")), look)
    shown = sorted(_chosen(found, form.cleaned_data.get("show", "")), key=_order)
    return Dispatch(
        look,
        tuple(shown),
        Counter(str(f.light.level) for f in shown),
        _sum(f.planned for f in shown),
        _sum(f.done for f in shown),
        _sum(f.done for f in shown if f.planned),
        _sum(f.report.completed for f in shown if f.report),
        _silent(shown),
        not any(light.rule == "settings" for f in shown for light in f.lights),
    )


def _chosen(found: Iterable[Figures], show: str) -> list[Figures]:
    return [f for f in found if show not in TESTS or TESTS[show](f)]


def _in_alarm(figures: Figures) -> bool:
    return figures.light.level in ALARM


def _lacking(figures: Figures) -> bool:
    return figures.lacks_report or any(light.level == Level.GREY for light in figures.lights)


def _for_leader(figures: Figures) -> bool:
    return figures.project.needs_leader


# What “只看” asks, by its code.
TESTS: dict[str, Callable[[Figures], bool]] = {"alarm": _in_alarm, "missing": _lacking, "leader": _for_leader}


def _order(figures: Figures) -> tuple[int, bool]:
    """Worst first, those that need a leader before the others; else by county."""
    return list(Level).index(figures.light.level), not figures.project.needs_leader


def _sum(amounts: Iterable[Decimal | None]) -> Decimal:
    return sum((amount for amount in amounts if amount is not None), Decimal(0))


def _silent(rows: Sequence[Figures]) -> dict[str, list[Project]]:
    lacking = sorted((f.project for f in rows if f.lacks_report), key=lambda p: (p.territory.order, p.pk))
    found: dict[str, list[Project]] = {}
    for project in lacking:
        found.setdefault(project.territory.name, []).append(project)
    return found
