"""The check-up of a scheme with the figures of a freeze (方案体检), with names in place of codes."""

from __future__ import annotations

from spectown.evaluation.models import Snapshot
from spectown.evaluation.standing import taken
from spectown.evaluation.trials import looked_at


def remarks_of(row: Snapshot) -> list[str]:
    """Sentences; none where nothing looks odd."""
    return [remark.text for remark in looked_at(row.rules, taken(row)).remarks]
