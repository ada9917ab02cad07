"""All tables of dated work; docs/algorithms/supervision-states.md is `document()`, a test compares."""

from collections.abc import Mapping
from types import MappingProxyType

from spectown.core.supervision.measures import EXTENSION, MEASURE, REPORT
from spectown.core.supervision.notices import NOTICE
from spectown.core.supervision.problems import PROBLEM
from spectown.core.supervision.visits import VISIT
from spectown.core.workflow import Workflow

TABLES: Mapping[str, Workflow] = MappingProxyType(
    {
        "Measure (措施)": MEASURE,
        "Report (进展报告)": REPORT,
        "Extension (延期)": EXTENSION,
        "Problem (问题)": PROBLEM,
        "Supervision notice (督办通知书)": NOTICE,
        "Inspection or research visit (专项检查、调研)": VISIT,
    }
)
_HEAD = """# States of dated work: measure, report, extension, problem, notice

Generated from the tables in `spectown/core/supervision/` by
`python -c "from spectown.core.supervision.states import document; print(document(), end='')"`; a test compares. Prose:
[dated work](supervision.md).
"""


def document() -> str:
    """All tables with their diagrams, as Markdown."""
    return "\n".join([_HEAD, *(table.section(name) for name, table in TABLES.items())])
