"""A kind as a first template: its own layout and wording, with fields of own templates in place of the facts.

What the kind computes or says only in some cases (conditions, sums, loops inside a sentence) no field can say: a
condition is taken as true, a plain alternative as its first branch, the rest becomes REWRITE, which people replace.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from jinja2 import nodes

from spectown.core.documentkinds import model
from spectown.core.documentkinds.blocks import TITLE_PT
from spectown.core.documentkinds.common import all_facts
from spectown.core.documentkinds.fields import CHINESE_FILTERS, MANY
from spectown.core.documentkinds.language import parsed
from spectown.core.documentkinds.model import Fact, FactType, Kind
from spectown.core.officialdoc import blocks as tree
from spectown.core.officialdoc.geometry import TABLE_PT, Face
from spectown.core.officialdoc.tree import Attachment, Document, Format, Head, Imprint, Signature
from spectown.core.officialdoc.wording import full_width, numbered

REWRITE = "【请改写】"
NUMBER = "{{序号}}"
MARKS = {1: "{{序号|中文数字}}、", 2: "\uff08{{序号|中文数字}}\uff09", 3: "{{序号}}.", 4: "\uff08{{序号}}\uff09"}
WRITTEN = {english: chinese for chinese, english in CHINESE_FILTERS.items()}


@dataclass(frozen=True, slots=True)
class Words:
    """Which facts the texts of a kind may name; `within`: the fact whose rows `item` and `row` are."""

    facts: Mapping[str, Fact]
    within: Fact | None = None
    omit: str = ""  # the fact without which this text goes

    def text(self, written: str) -> str:
        """A text of the kind with fields."""
        return full_width("".join(map(self._node, parsed(written).body))).strip()

    def _node(self, node: nodes.Node) -> str:
        if isinstance(node, nodes.Output):
            return "".join(self._part(part) for part in node.nodes)
        if isinstance(node, nodes.If):
            return "".join(map(self._node, node.body))
        if isinstance(node, nodes.For):
            return self._part(node.iter)
        return REWRITE

    def _part(self, part: nodes.Node) -> str:
        if isinstance(part, nodes.TemplateData):
            return part.data
        if isinstance(part, nodes.Or):
            return self._part(part.left)
        if isinstance(part, nodes.Filter) and part.name in ("length", "total", "blank"):
            return self._of_many(part)
        return self._field(part)

    def _of_many(self, part: nodes.Filter) -> str:
        """How many there are, what they sum up to; both need no words for what is absent."""
        if part.name == "blank" and isinstance(part.node, nodes.Filter) and part.node.name == "total":
            return self._of_many(part.node)
        fact = self.facts.get(part.node.name) if isinstance(part.node, nodes.Name) else None
        if fact and part.name == "length" and fact.type in MANY:
            return f"{{{{{fact.label}|项数}}}}"
        if fact and part.name == "total" and isinstance(part.args[0], nodes.Const):
            summed = next(each.label for each in fact.of if each.name == part.args[0].value)
            return f"{{{{{fact.label}.{summed}|合计}}}}"
        return self._field(part)

    def _field(self, part: nodes.Node) -> str:
        name, column, filter = _taken(part)
        if name == "number" and not column:
            return NUMBER
        fact = self.within if name in ("item", "row") else self.facts.get(name)
        if fact is None or (filter and filter not in WRITTEN) or bool(column) != (fact.type is FactType.ROWS):
            return REWRITE
        inner = next((each.label for each in fact.of if each.name == column), "")
        stroke = f"|{WRITTEN[filter]}" if filter else ""
        omitted = "|可省" if name == self.omit else ""
        return f"{{{{{fact.label}{f'.{inner}' if inner else ''}{stroke}{omitted}}}}}"


def _taken(part: nodes.Node) -> tuple[str, str, str]:
    """Name, attribute and filter of an expression that is no more than that; empty where it is more."""
    filter = ""
    if isinstance(part, nodes.Filter) and part.node is not None and not part.args:
        filter, part = part.name, part.node
    if isinstance(part, nodes.Getattr) and isinstance(part.node, nodes.Name):
        return part.node.name, part.attr, filter
    return (part.name, "", filter) if isinstance(part, nodes.Name) else ("", "", "")


def starter(kind: Kind, office: str) -> Document:
    """The first template; `office`: the organ whose red head it has."""
    words = Words({fact.name: fact for fact in all_facts(kind)})
    return Document(
        title="{{标题}}",
        body=numbered(_blocks(kind.body, words)),
        format=kind.format,
        head=_head(kind, words, office),
        recipients=("{{主送机关}}",) if kind.recipients or _has(kind, "recipients") else (),
        signature=_signature(kind),
        attachments=tuple(_annexes(kind, words)),
        note="{{附注|可省}}" if kind.note or _has(kind, "remark") else "",
        imprint=Imprint(("{{抄送机关}}",)) if kind.copies and kind.format is not Format.FORM else None,
        frame=kind.frame,
    )


def _has(kind: Kind, name: str) -> bool:
    return any(fact.name == name for fact in kind.facts)


def _head(kind: Kind, words: Words, office: str) -> Head | None:
    if kind.format is Format.FORM:
        return None
    if kind.format is Format.MINUTES:
        mark = words.text(kind.mark) if kind.mark else office
        serial = f"{{{{{words.facts['serial'].label}}}}}"
        return Head((mark,), suffix="", number=serial, left="{{发文机关}}", right="{{成文日期}}")
    suffix = "文件" if kind.format is Format.DOCUMENT else ""
    return Head((office,), suffix=suffix, number="{{发文字号}}", signers=("{{签发人}}",) if kind.superior else ())


def _signature(kind: Kind) -> Signature | None:
    if kind.format is Format.MINUTES or not kind.signed:
        return None
    return Signature(("{{发文机关}}",), None, kind.stamped, stand_in="{{成文日期}}")


def _annexes(kind: Kind, words: Words) -> Iterator[Attachment]:
    """Of annexes with the same title, which exclude each other, the first."""
    told: set[str] = set()
    for annex in kind.annexes:
        title = f"{{{{{words.facts[annex.each].label}|可省}}}}" if annex.each else words.text(annex.title)
        if title not in told:
            told.add(title)
            yield Attachment(title, numbered(_blocks(annex.body, words)), annex.landscape)


def _blocks(parts: Sequence[model.Block], words: Words) -> Iterator[tree.Block]:
    for part in parts:
        if part.each:
            yield from _repeated(part, words)
        elif part.when:
            yield from _blocks(part.do or part.other, replace(words, omit=part.when))
        elif part.do:
            yield from _blocks(part.do, words)
        else:
            yield from _single(part, words)


def _repeated(part: model.Block, words: Words) -> Iterator[tree.Block]:
    """One paragraph that stands for each row; a list of texts is one field."""
    fact = words.facts[part.each]
    if fact.type is not FactType.ROWS:
        yield tree.Paragraph(f"{{{{{fact.label}}}}}")
        return
    inner = replace(words, within=fact)
    texts = [_line(block, inner) for block in part.do]
    yield tree.Paragraph("\n".join(filter(None, texts)))


def _line(part: model.Block, words: Words) -> str:
    if part.do:
        return "\n".join(filter(None, (_line(each, words) for each in part.do)))
    mark = MARKS[part.heading] if part.heading else ""
    label = f"{words.text(part.labelled)}\uff1a" if part.labelled else ""
    return mark + label + words.text(part.text) + words.text(part.lead)


def _single(part: model.Block, words: Words) -> Iterator[tree.Block]:
    if part.table:
        yield from _table(part.table, words)
    elif part.grid:
        rows = tuple(_grid_row(row, words) for row in part.grid.rows)
        yield tree.Table(part.grid.widths, (), rows, size_pt=part.grid.size_pt, row_mm=part.grid.row_mm)
    elif part.gap:
        yield tree.Gap(part.gap)
    elif part.heading:
        yield tree.Heading(part.heading, words.text(part.text), lead=words.text(part.lead))
    elif part.labelled:
        yield tree.Labelled(words.text(part.labelled), words.text(part.text))
    elif part.text:
        face, size = (Face.XIAOBIAOSONG, TITLE_PT) if part.big else (Face.FANGSONG, None)
        align = part.align or tree.Align.JUSTIFY
        yield tree.Paragraph(words.text(part.text), part.indent, align, face, part.size or size)


def _table(table: model.Table, words: Words) -> Iterator[tree.Block]:
    fact = words.facts[table.rows]
    if table.across:
        yield tree.Paragraph(f"{{{{{fact.label}}}}}", indent=False, size_pt=TABLE_PT)
        return
    inner = replace(words, within=fact)
    rows = [tuple(inner.text(column.text) for column in table.columns)]
    if table.total:
        rows.append(tuple(words.text(text) for text in table.total))
    yield tree.Table(
        widths=tuple(column.width for column in table.columns),
        head=(tuple(column.label for column in table.columns),),
        rows=tuple(rows),
        aligns=tuple(column.align for column in table.columns),
        caption=words.text(table.caption),
        unit=words.text(table.unit),
        size_pt=table.size_pt,
        row_mm=table.row_mm,
    )


def _grid_row(part: model.Repeated | tuple[model.Cell, ...], words: Words) -> tuple[tree.Cell, ...]:
    cells = part.cells if isinstance(part, model.Repeated) else part
    inner = replace(words, within=words.facts[part.each]) if isinstance(part, model.Repeated) else words
    return tuple(tree.Cell(inner.text(cell.text), cell.columns, cell.rows, cell.align) for cell in cells)
