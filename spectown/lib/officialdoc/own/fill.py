"""An own template with facts becomes a .docx. Values are text: nothing in them is looked at again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from xml.sax.saxutils import escape

from lxml import etree

from spectown.core.documentkinds.fields import FieldFault, is_left_out, value_of
from spectown.core.documentkinds.model import Kind
from spectown.core.documentkinds.ownfacts import own_facts
from spectown.core.officialdoc.texts import is_control
from spectown.core.officialdoc.wording import full_width
from spectown.lib.officialdoc.own.cells import put_table
from spectown.lib.officialdoc.own.markup import Tree, W, parse_parts
from spectown.lib.officialdoc.own.package import read_package, write_package
from spectown.lib.officialdoc.own.reading import Reading, part_label, readings
from spectown.lib.officialdoc.own.refusal import TemplateRefused
from spectown.lib.officialdoc.own.text import Line, copied, remove
from spectown.lib.officialdoc.refusal import Unrenderable

Facts = Mapping[str, Any]
CORE, TITLE = "docProps/core.xml", "{{标题}}"


def fill_template(data: bytes, kind: Kind, facts: Facts) -> bytes:
    """The document. Raises TemplateRefused for the template, FactsFault for facts, Unrenderable for a character."""
    parts = read_package(data)
    trees = parse_parts(parts)
    found = readings(trees, kind)
    faults = [fault for reading in found for fault in reading.faults if fault.stops]
    if faults:
        raise TemplateRefused(f"模板有 {len(faults)} 处问题,改正后才能使用:{''.join(map(str, faults[:5]))}")
    typed = own_facts(kind, facts)
    _fill_repeated([reading for reading in found if reading.rows], found, typed)
    for reading in found:
        if reading.repeat is None:
            _fill(reading, typed, None, 0)
    for name, tree in trees.items():
        if part_label(name):
            parts[name] = _written(tree)
    if CORE in parts:
        parts[CORE] = parts[CORE].replace(TITLE.encode(), _property(typed["title"]).encode())
    return write_package(parts)


def _property(text: str) -> str:
    """The title as a property of the file, which viewers show above it."""
    return escape("".join(char for char in full_width(text) if not is_control(char)))


def _written(tree: Tree) -> bytes:
    for bound in list(tree.iter(f"{W}dataBinding")):  # else Word puts stored data in place of what was filled in
        bound.getparent().remove(bound)
    written: bytes = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written


def _fill_repeated(repeated: list[Reading], found: list[Reading], facts: Facts) -> None:
    """Rows and paragraphs that stand once for each row of a fact, with everything that stands in them."""
    for element, rows in {reading.repeat: reading.rows for reading in repeated}.items():
        inside = {reading.line.paragraph: reading for reading in found}
        places = [(n, inside[p]) for n, p in enumerate(element.iter(f"{W}p")) if p in inside and inside[p].fields]
        items = facts[rows] or ()
        for number, (item, copy) in enumerate(zip(items, copied(element, len(items)), strict=False), 1):
            paragraphs = list(copy.iter(f"{W}p"))
            for n, reading in places:
                _fill(_moved(reading, paragraphs[n]), facts, item, number)
        if not items:
            for _, reading in places:
                reading.line.replace([(field.start, field.end, "") for field in reading.fields])
            remove(element)
        for _, reading in places:
            reading.repeat = element  # filled; not again


def _moved(reading: Reading, paragraph: Tree) -> Reading:
    return Reading(Line(paragraph), reading.part, reading.number, reading.fields)


def _fill(reading: Reading, facts: Facts, row: Facts | None, number: int) -> None:
    line, fields = reading.line, reading.fields
    if not fields:
        return
    if any(is_left_out(field, facts, row) for field in fields):
        line.replace([(0, len(line.text), "")])
        remove(line.paragraph)
        return
    if fields[0].across:
        _fill_table(reading, facts)
        return
    try:
        values = [_printable(value_of(field, facts, row, number), reading) for field in fields]
    except FieldFault as error:
        raise TemplateRefused(str(reading.fault(str(error)))) from error
    alone = len(fields) == 1 and line.text.strip() == line.text[fields[0].start : fields[0].end]
    lines = values[0].split("\n") if alone else []
    if len(lines) > 1:  # each a paragraph of its own, indented like this one
        for paragraph, text in zip(copied(line.paragraph, len(lines)), lines, strict=True):
            _put(Line(paragraph), [(fields[0].start, fields[0].end, text)])
    else:
        _put(line, [(field.start, field.end, value) for field, value in zip(fields, values, strict=True)])


def _fill_table(reading: Reading, facts: Facts) -> None:
    """A fact of cells: a table in place of its paragraph, which stays, empty, where Word needs one behind a table."""
    line, field = reading.line, reading.fields[0]
    rows = [[_printable(text or "", reading) for text in row] for row in facts[field.fact] or ()]
    if rows:
        head = [_printable(text, reading) for text in facts[field.across] or ()]
        for cell in put_table(line, head, rows):
            cell.break_lines()
    line.replace([(0, len(line.text), "")])
    following = line.paragraph.getnext()
    if not rows or (following is not None and following.tag == f"{W}p"):
        remove(line.paragraph)


def _put(line: Line, stretches: list[tuple[int, int, str]]) -> None:
    line.replace(stretches)
    line.break_lines()


def _printable(text: str, reading: Reading) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for char in text:
        if is_control(char) and char not in "\n\t":
            raise Unrenderable(str(reading.fault(f"填入的文字中有不能印出的控制字符 U+{ord(char):04X},请删去")))
    return full_width(text)
