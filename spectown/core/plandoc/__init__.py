"""A plan document (方案, 计划, 意见…) becomes structure. Prose: docs/algorithms/plan-parsing.md."""

from spectown.core.plandoc.document import parse as _parse
from spectown.core.plandoc.model import PlanDocument, Problem, Severity
from spectown.core.plandoc.source import read as _read

__all__ = ["PlanDocument", "exit_code", "parse_bytes", "parse_text", "unreadable"]


def parse_text(text: str) -> PlanDocument:
    """Return the structure of `text`; never raises on any string. Ranges index into `text` itself."""
    return _parse(text)


def parse_bytes(data: bytes, name: str = "") -> PlanDocument:
    """Return the structure of a file's bytes (.txt .html .docx .pdf, told by content); never raises.

    What cannot be read (an old .doc, an archive, mojibake) gives a document with problems. Ranges index into
    `PlanDocument.text`, which for a text file is the decoded file unchanged.
    """
    source = _read(data, name)
    return _parse(source.text, source.format, source.problems)


def unreadable(message: str) -> PlanDocument:
    """Return the empty document that stands for a file that could not be opened at all."""
    return PlanDocument(text="", source_format="none", problems=(Problem(Severity.UNREADABLE, message),))


def exit_code(plan: PlanDocument) -> int:
    """Return 0 when nothing was found wrong, 1 with problems, 2 when there is nothing to work with."""
    if not (plan.clauses or plan.tasks or plan.members or plan.towns):
        return 2
    return 1 if plan.problems else 0
