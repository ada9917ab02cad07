"""The fields of a template with their places: which parts are read, which paragraph or table row is repeated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from spectown.core.documentkinds.fields import NUMBER, Field, FieldFault, marked, understood
from spectown.core.documentkinds.model import Kind
from spectown.lib.officialdoc.own.markup import Tree, W
from spectown.lib.officialdoc.own.text import Line

PARTS = (
    (re.compile(r"word/document\.xml"), "正文"),
    (re.compile(r"word/header\d*\.xml"), "页眉"),
    (re.compile(r"word/footer\d*\.xml"), "页脚"),
    (re.compile(r"word/(foot|end)notes\.xml"), "脚注"),
)
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
SHOWN = 40
ONE_EACH = "每个多行要素另起一行或一段写"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a template: the part, the paragraph's number in it and text; one that `stops` must be mended.

    `todo`: what to do about it, a Chinese sentence without its full stop.
    """

    part: str
    paragraph: int
    text: str
    message: str
    stops: bool = True
    todo: str = ""

    @property
    def place(self) -> str:
        """Where it is; the whole part where no paragraph is meant."""
        return f"{self.part}第 {self.paragraph} 段" if self.paragraph else self.part

    def __str__(self) -> str:
        place = f"{self.place}“{self.text}”:" if self.paragraph else ""
        return f"{place}{self.message}。"


@dataclass(slots=True)
class Reading:
    """One paragraph with fields or faults; `repeat` is what is repeated for each row of `rows`."""

    line: Line
    part: str
    number: int
    fields: list[Field] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    rows: str = ""
    repeat: Tree = None

    def fault(self, message: str, todo: str = "", *, stops: bool = True) -> Fault:
        """A fault of this paragraph."""
        text = self.line.text.strip()
        shown = text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
        return Fault(self.part, self.number, shown, message, stops, todo)


def part_label(name: str) -> str:
    """What officials call a part in which fields may stand; "" of the others."""
    return next((label for pattern, label in PARTS if pattern.fullmatch(name)), "")


def readings(trees: dict[str, Tree], kind: Kind) -> list[Reading]:
    """All paragraphs with text, in order, their fields understood or their faults told."""
    found = [
        _reading(Line(paragraph), label, number, kind)
        for name, tree in trees.items()
        if (label := part_label(name))
        for number, paragraph in enumerate(tree.iter(f"{W}p"), 1)
    ]
    return list(_nested(found))


def _reading(line: Line, part: str, number: int, kind: Kind) -> Reading:
    made = Reading(line, part, number)
    for stretch in marked(line.text):
        try:
            if isinstance(stretch, FieldFault):
                raise stretch
            made.fields.append(understood(stretch, kind))
        except FieldFault as error:
            made.faults.append(made.fault(str(error), error.todo))
    made.faults += _misplaced(made)
    rows = list(dict.fromkeys(found.fact for found in made.fields if found.column))
    if rows:
        made.rows = rows[0]
        row = next(line.paragraph.iterancestors(f"{W}tr"), None)
        made.repeat = line.paragraph if row is None else row
    if len(rows) > 1:
        made.faults.append(made.fault("一段或一行中只能有一个多行要素的栏", ONE_EACH))
    return made


def _misplaced(reading: Reading) -> Iterator[Fault]:
    """A fact of cells becomes a whole table: it stands alone in a paragraph of the body."""
    for found in reading.fields:
        alone = reading.line.text.strip() == reading.line.text[found.start : found.end]
        if found.across and not (alone and reading.line.paragraph.getparent().tag == f"{W}body"):
            said = "这个要素会生成一整张表,要单独写成正文中的一段,不能写在表格、页眉、文本框里或与别的文字同段"
            yield reading.fault(said, "在表格外另起一段,只写这一个字段")


def _nested(found: list[Reading]) -> Iterator[Reading]:
    """Rows that are repeated hold one fact with rows and no other repeated row."""
    named: dict[Tree, str] = {}
    for reading in found:
        if reading.rows and named.setdefault(reading.repeat, reading.rows) != reading.rows:
            reading.faults.append(reading.fault("表格的一行中只能有一个多行要素的栏", ONE_EACH))
    for reading in found:
        if reading.rows and any(outer in named for outer in reading.repeat.iterancestors()):
            reading.faults.append(reading.fault("重复的行里不能再有重复的行或段", "把里面的一层移到行外"))
        places = {reading.line.paragraph, *reading.line.paragraph.iterancestors()}
        if any(each.fact == NUMBER for each in reading.fields) and not places & named.keys():
            said = "“序号”只能写在随多行要素重复的行或段里,这里没有多行要素"
            reading.faults.append(reading.fault(said, "在同一行或同一段写上多行要素的栏,或删去“序号”"))
        yield reading


def visible(reading: Reading) -> bool:
    """False of the copy of a text box that old versions of Word read."""
    return next(reading.line.paragraph.iterancestors(FALLBACK), None) is None
