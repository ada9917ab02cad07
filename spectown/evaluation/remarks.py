"""The check-up of a scheme with the figures of a freeze (方案体检), with names in place of codes."""

from __future__ import annotations

from spectown.core.evaluation.checkup import check_up
from spectown.core.evaluation.evaluating import evaluate
from spectown.core.evaluation.tabulating import table_of
from spectown.evaluation.models import Evaluation, Snapshot
from spectown.evaluation.standing import taken


def remarks_of(evaluation: Evaluation, row: Snapshot) -> list[str]:
    """Sentences; none where nothing looks odd."""
    snapshot, rules = taken(row), evaluation.rules
    table = table_of(snapshot, rules)
    found = check_up(rules.scheme, table, evaluate(table, rules.scheme, robust=False))
    said = []
    for remark in found:
        text = remark.text
        for code in remark.about.split("/"):
            if code in snapshot.meanings:
                text = text.replace(f"“{code}”", f"“{snapshot.meanings[code].name}”")
        said.append(text)
    return said
