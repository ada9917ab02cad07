"""A plan document (方案, 计划, 意见…) becomes structure. Prose: docs/algorithms/plan-parsing.md."""

from spectown.core.plandoc.document import parse as _parse
from spectown.core.plandoc.model import PlanDocument
from spectown.core.plandoc.source import read as _read

__all__ = ["PlanDocument", "parse_bytes", "parse_text"]


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
