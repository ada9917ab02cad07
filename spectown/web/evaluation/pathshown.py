"""The improvement path of a town as its page shows it: whose each change is, and which policies serve it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from spectown.core import policykinds
from spectown.core.evaluation.improving import Change, Path, path_of
from spectown.core.evaluation.pathless import pathless
from spectown.core.evaluation.scheme import Indicator, Node
from spectown.core.evaluation.sealing import canonical, digest
from spectown.core.evaluation.snapshot import Snapshot
from spectown.core.evaluation.tabulating import table_of
from spectown.core.evaluation.verifying import corrections_of
from spectown.core.evaluation.yearscheme import YearScheme
from spectown.core.policykinds import PolicyKind, read_policy_kinds
from spectown.evaluation.models import Participant, Result
from spectown.evaluation.standing import taken
from spectown.ledgers.models import TownPolicy
from spectown.plans.models import PlanVersion, Task

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
    """The path of a town in words; `instead`: what is said where there is none."""

    path: Path | None
    steps: tuple[Step, ...]
    instead: str = ""


def path_shown(result: Result, person: Participant) -> Shown:
    """The improvement path, or why there is none."""
    scheme, snapshot = result.snapshot.rules, taken(result.snapshot)
    path = _remembered(result, person, snapshot)
    if path is None:
        rows, labels = result.content["board"]["rows"], {veto.code: veto.label for veto in scheme.vetoes}
        mine = [e.code for e in snapshot.entries if e.town == person.town.code and e.code in labels]
        vetoes = [labels[code] for code in dict.fromkeys(mine)]
        return Shown(None, (), pathless(person.name, rows, scheme.scheme, snapshot.meanings, vetoes))
    return Shown(path, _steps(path, snapshot, scheme, person))


def _steps(path: Path, snapshot: Snapshot, scheme: YearScheme, person: Participant) -> tuple[Step, ...]:
    version = PlanVersion.objects.current()
    tasks = list(Task.objects.filter(version=version).select_related("clause").prefetch_related("duties__unit"))
    rows = TownPolicy.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=timezone.localdate()))
    policies = list(rows.filter(town=person.town_id, deleted_at__isnull=True).order_by("pk"))
    serving = Serving(tasks, policies, read_policy_kinds(version.policies if version else []))
    return tuple(_step(change, snapshot, scheme, serving) for change in path.changes)


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


@dataclass(frozen=True, slots=True)
class Serving:
    """What a change is looked up in: tasks of the plan, measures of the town, which tasks their kinds serve."""

    tasks: Sequence[Task]
    policies: Sequence[TownPolicy]
    kinds: Sequence[PolicyKind]


def _step(change: Change, snapshot: Snapshot, scheme: YearScheme, within: Serving) -> Step:
    meaning, clauses = snapshot.meanings[change.code], clauses_above(scheme.scheme.root, change.code)
    task = next((t for ref in clauses for t in within.tasks if ref.startswith(t.clause.ref)), None)
    leads = "、".join(duty.unit.name for duty in task.duties.all() if duty.kind == "lead") if task else ""
    at = task.clause.ref if task else ""
    serving = tuple(each for each in within.policies if serves(each, meaning.name, at, within.kinds))
    title, where = task.title if task else "", clauses[0] if clauses else ""
    return Step(meaning.name, meaning.unit, change.before, change.after, where, meaning.supplier, title, leads, serving)


def clauses_above(node: Node | Indicator, code: str) -> list[str]:
    """Clauses of an indicator and of what stands above it, the nearest first."""
    if isinstance(node, Indicator):
        return [node.clause] if node.code == code else []
    for child in node.children:
        if any(leaf.code == code for leaf in (child.leaves() if isinstance(child, Node) else [child])):
            return [ref for ref in (*clauses_above(child, code), node.clause) if ref]
    return []


def serves(policy: TownPolicy, indicator: str, task: str, kinds: Sequence[PolicyKind]) -> bool:
    """True where a measure names the indicator, or its kind serves the task of that clause by the plan's data."""
    return indicator in f"{policy.title} {policy.measure}" or policykinds.serves(kinds, policy.kind, task)
