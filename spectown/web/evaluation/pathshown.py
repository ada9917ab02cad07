"""The improvement path of a town as its page shows it: whose each change is, and which policies serve it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils import timezone

from spectown.core.evaluation.improving import Path, path_of
from spectown.core.evaluation.scheme import Indicator, Node
from spectown.core.evaluation.sealing import canonical, digest
from spectown.core.evaluation.snapshot import Snapshot
from spectown.core.evaluation.tabulating import table_of
from spectown.core.evaluation.verifying import corrections_of
from spectown.core.evaluation.yearscheme import YearScheme
from spectown.evaluation.models import Participant, Result
from spectown.evaluation.standing import taken
from spectown.ledgers.enums import MeasureKind
from spectown.ledgers.models import TownPolicy
from spectown.plans.models import Task

# By what words the title of a task shows that a kind of measure serves it; 资金奖补 says its purpose in its own text.
WORDS: Mapping[str, tuple[str, ...]] = {
    MeasureKind.LAND: ("要素",),
    MeasureKind.FINANCE: ("要素",),
    MeasureKind.TALENT: ("就业", "创新"),
    MeasureKind.INNOVATION: ("创新",),
    MeasureKind.MARKET: ("品牌", "市场拓展"),
    MeasureKind.SERVICE: ("服务", "市场主体"),
}
REMEMBERED: dict[str, Path | None] = {}  # a path hangs on the snapshot, corrections, scheme and town alone
MOST = 1000


@dataclass(frozen=True, slots=True)
class Step:
    """One change of a path: who answers for the figure, its task and who leads that, which policies serve."""

    name: str
    unit: str
    before: float
    after: float
    clause: str
    supplier: str
    task: str
    leads: str
    policies: tuple[TownPolicy, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """The path of a town in words."""

    path: Path
    steps: tuple[Step, ...]


def path_shown(result: Result, person: Participant) -> Shown | None:
    """The improvement path; None where there is none within reach."""
    scheme, snapshot = result.snapshot.rules, taken(result.snapshot)
    path = _remembered(result, person, snapshot)
    if path is None:
        return None
    tasks = list(
        Task.objects.filter(version__is_current=True).select_related("clause").prefetch_related("duties__unit")
    )
    rows = TownPolicy.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=timezone.localdate()))
    policies = list(rows.filter(town=person.town_id, deleted_at__isnull=True).order_by("pk"))
    return Shown(path, tuple(_step(change, snapshot, scheme, tasks, policies) for change in path.changes))


def _remembered(result: Result, person: Participant, snapshot: Snapshot) -> Path | None:
    said = [result.snapshot.sha256, result.corrections, result.snapshot.scheme, person.name]
    key = digest(canonical(said))
    if key not in REMEMBERED:
        if len(REMEMBERED) >= MOST:
            REMEMBERED.clear()
        scheme = result.snapshot.rules
        decimals = {code: meaning.decimals for code, meaning in snapshot.meanings.items()}
        table = table_of(as_computed(result), scheme)
        REMEMBERED[key] = path_of(person.name, table, scheme.scheme, decimals)
    return REMEMBERED[key]


def as_computed(result: Result) -> Snapshot:
    """The snapshot with the corrections that the result was worked out with."""
    made = corrections_of([{**each, "accepted": True} for each in result.corrections])
    return taken(result.snapshot).corrected(made)


def _step(
    change: Any, snapshot: Snapshot, scheme: YearScheme, tasks: Sequence[Task], policies: Sequence[TownPolicy]
) -> Step:
    meaning, clauses = snapshot.meanings[change.code], clauses_above(scheme.scheme.root, change.code)
    task = next((t for ref in clauses for t in tasks if ref.startswith(t.clause.ref)), None)
    leads = "、".join(duty.unit.name for duty in task.duties.all() if duty.kind == "lead") if task else ""
    title = task.title if task else ""
    serving = tuple(each for each in policies if serves(each, meaning.name, title))
    where = clauses[0] if clauses else ""
    return Step(meaning.name, meaning.unit, change.before, change.after, where, meaning.supplier, title, leads, serving)


def clauses_above(node: Node | Indicator, code: str) -> list[str]:
    """Clauses of an indicator and of what stands above it, the nearest first."""
    if isinstance(node, Indicator):
        return [node.clause] if node.code == code else []
    for child in node.children:
        if any(leaf.code == code for leaf in (child.leaves() if isinstance(child, Node) else [child])):
            return [ref for ref in (*clauses_above(child, code), node.clause) if ref]
    return []


def serves(policy: TownPolicy, indicator: str, task: str) -> bool:
    """True where a measure names the indicator, or its kind is one that the task is about."""
    named = indicator in f"{policy.title} {policy.measure}"
    return named or any(word in task for word in WORDS.get(policy.kind, ()))
