"""The check-up of a scheme with the figures of a freeze (方案体检), with names in place of codes."""

from __future__ import annotations

from spectown.evaluation.models import Evaluation, Snapshot
from spectown.evaluation.standing import taken
from spectown.evaluation.trials import looked_at


def remarks_of(evaluation: Evaluation, row: Snapshot) -> list[str]:
    """Sentences; none where nothing looks odd."""
    return [remark.text for remark in looked_at(evaluation.rules, taken(row)).remarks]
