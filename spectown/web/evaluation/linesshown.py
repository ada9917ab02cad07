"""The lines of the consequences (结果运用的界线) in words, each with its source and whether it is a suggestion."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from spectown.core.evaluation.yearscheme import Consequences, Line

SUGGESTED = ("建议值", "建议方案")  # words of a source that the plan does not give


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One line: what for, what it says, whence."""

    label: str
    said: str
    source: str

    @property
    def suggested(self) -> bool:
        """True for a value that the plan does not give and the office has yet to settle."""
        return any(word in self.source for word in SUGGESTED)


def lines_shown(rules: Consequences, names: Mapping[str, str]) -> list[ShownLine]:
    """All lines in the order 表扬, 督办; a least score is a line of its own, of the same source as its line."""
    return [
        *_of("表扬:名次", "综合榜前", rules.commend),
        *(_of("表扬:进步", "进步榜前", rules.progress) if rules.progress else ()),
        *_of("督办:名次", "综合榜后", rules.supervise),
        *_slow(rules, names),
    ]


def _of(label: str, word: str, line: Line) -> Iterator[ShownLine]:
    reached = "低于" if label.startswith("督办") else "达到"
    said = f"{word} {line.share:.0%}" if line.share is not None else f"得分{reached} {line.score:g} 分"
    yield ShownLine(label, said, line.source)
    if line.least is not None:
        text = f"得分不低于 {line.least:g} 分,低于的名次再前也不表扬"
        yield ShownLine("表扬:最低得分", text, line.source)


def _slow(rules: Consequences, names: Mapping[str, str]) -> Iterator[ShownLine]:
    if slow := rules.slow:
        said = f"{names.get(slow.indicator, slow.indicator)}低于 {slow.below:g},不看名次"
        yield ShownLine("督办:建设进度较慢", said, slow.source)
