"""「还差什么」: the shortest list of what would make an application qualify.

Each path's list is the needs of its findings. The paths are compared by how many real changes they need,
then how much is still to be filled in, then how many judgements and decisions are awaited; on a tie the
standard path wins. docs/algorithms/pre-certification.md says why in this order.
"""

from collections.abc import Iterable, Mapping

from spectown.core.certification.outcomes import NeedKind, Path
from spectown.core.certification.result import Finding, Need, PathResult

REAL_CHANGE, TO_FILL, AWAITED = 0, 1, 2
NEED_RANK: Mapping[NeedKind, int] = {
    NeedKind.INCREASE: REAL_CHANGE,
    NeedKind.CHANGE: REAL_CHANGE,
    NeedKind.REJUDGE: REAL_CHANGE,
    NeedKind.FILL: TO_FILL,
    NeedKind.EVIDENCE: TO_FILL,
    NeedKind.REASON: TO_FILL,
    NeedKind.DECISION: AWAITED,
    NeedKind.JUDGEMENT: AWAITED,
}


def needs_of(findings: Iterable[Finding]) -> tuple[Need, ...]:
    """All that a path needs, each thing once: real changes, then what to fill in, then what is awaited."""
    once = {(need.kind, need.field): need for finding in findings for need in finding.needs}
    return tuple(sorted(once.values(), key=lambda need: NEED_RANK[need.kind]))


def nearest_path(paths: Mapping[Path, PathResult]) -> Path:
    """Return the path that needs least."""
    order = list(Path)
    return min(paths, key=lambda path: (*_cost(paths[path].missing), order.index(path)))


def _cost(needs: tuple[Need, ...]) -> tuple[int, int, int]:
    ranks = [NEED_RANK[need.kind] for need in needs]
    return ranks.count(REAL_CHANGE), ranks.count(TO_FILL), ranks.count(AWAITED)
