"""The tables of states as a document: docs/algorithms/certification-states.md is this text, a test compares."""

from spectown.core.rounds.ball import turn_of
from spectown.core.rounds.lifecycles import OBJECTION, ROUND, TITLE
from spectown.core.rounds.states import CASES
from spectown.core.rounds.words import RoundKind

_HEAD = """# States of a certification: case, round, objection, title

Generated from the tables in `spectown/core/rounds/` by
`python -c "from spectown.core.rounds.describe import document; print(document(), end='')"`; a test compares. Prose:
[certification rounds](certification-rounds.md).
"""


def document() -> str:
    """All tables with their diagrams, as Markdown."""
    cases = {f"Case, {kind.label} ({kind.value})": CASES[kind] for kind in RoundKind}
    others = {"Round (批次)": ROUND, "Objection (异议)": OBJECTION, "Title (称号)": TITLE}
    parts = [table.section(name) for name, table in {**cases, **others}.items()]
    return "\n".join([_HEAD, *parts, "## Who has the ball (在谁手里)", "", _turns(), ""])


def _turns() -> str:
    labels = {state: label for table in CASES.values() for state, label in table.labels.items()}
    lines = ["| state | who | term that runs | term that stands |", "| --- | --- | --- | --- |"]
    for state, label in labels.items():
        turn = turn_of(state)
        lines.append(f"| {label} `{state}` | {turn.holder.label} | {turn.term or '—'} | {turn.stands or '—'} |")
    return "\n".join(lines)
