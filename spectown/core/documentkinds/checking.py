"""What is wrong with a kind, found without rendering: names that Python owns, unknown facts, columns and filters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from jinja2 import meta, nodes
from pydantic import BaseModel

from spectown.core.documentkinds.common import all_facts
from spectown.core.documentkinds.language import LanguageFault, parsed
from spectown.core.documentkinds.model import Annex, Block, Chart, Fact, FactType, Kind, Repeated, Table
from spectown.core.officialdoc.tree import Format

TAKEN = {*dir(dict), *dir(BaseModel)}  # of a row `item.keys` would be the method
TAKEN_WHOLE = TAKEN | {"item", "row", "number", "range", "dict", "lipsum", "cycler", "joiner", "namespace"}
OF_ROWS = ("total", "missing")  # filters whose first argument names a fact of the rows


@dataclass(frozen=True, slots=True)
class Scope:
    """What a text may name: the facts, and the fact that `item` and `row` come from."""

    facts: dict[str, Fact]
    item: Fact | None = None
    row: Fact | None = None

    @property
    def names(self) -> set[str]:
        """Names that a text may use."""
        inner = {name for name, fact in (("item", self.item), ("row", self.row)) if fact}
        return {*self.facts, *inner, *(("number",) if inner else ())}


def check_kind(kind: Kind) -> list[str]:
    """Every fault of a kind as a Chinese sentence; empty = usable."""
    scope = Scope({fact.name: fact for fact in all_facts(kind)})
    texts = (kind.title, kind.mark, kind.note, *kind.recipients, *kind.copies)
    return [
        *_format(kind),
        *_named(kind.facts, TAKEN_WHOLE),
        *(fault for fact in kind.facts if fact.type is FactType.CELLS for fault in _across(fact, scope)),
        *(fault for text in texts for fault in _text(text, scope)),
        *_blocks(kind.body, scope),
        *(fault for annex in kind.annexes for fault in _annex(annex, scope)),
    ]


def _annex(annex: Annex, scope: Scope) -> Iterator[str]:
    yield from _condition(annex.when, scope)
    fact = scope.facts.get(annex.each)
    if annex.each and (fact is None or fact.type is not FactType.LIST):
        yield f"附件“{annex.title}”的 each 应为一个 list 要素的名称。"
    inner = replace(scope, item=fact) if annex.each else scope
    yield from _text(annex.title, inner)
    yield from _blocks(annex.body, inner)


def _format(kind: Kind) -> Iterator[str]:
    if kind.superior and kind.format is Format.LETTER:  # GB/T 9704-2012 10.1
        yield "信函格式没有签发人的位置:去掉 superior,或改用文件格式。"


def _named(facts: Sequence[Fact], taken: set[str]) -> Iterator[str]:
    names = [fact.name for fact in facts]
    for fact in facts:
        if fact.name in taken or fact.name.startswith("model_"):
            yield f"要素不能叫“{fact.name}”,它是程序自己的名称,请换一个。"
        if names.count(fact.name) > 1:
            yield f"要素“{fact.name}”定义了不止一次。"
        if (fact.type is FactType.ROWS) != bool(fact.of):
            yield f"要素“{fact.name}”:类型 rows 与 of 应同时有。"
        yield from _named(fact.of, TAKEN)


def _across(fact: Fact, scope: Scope) -> Iterator[str]:
    heads = scope.facts.get(fact.across)
    if heads is None or heads.type is not FactType.LIST:
        yield f"要素“{fact.name}”的 across 应为一个 list 要素的名称。"


def _blocks(blocks: Sequence[Block], scope: Scope) -> Iterator[str]:
    for block in blocks:
        inner = scope
        if block.each:
            yield from _listed(block.each, scope)
            inner = replace(scope, item=scope.facts.get(block.each))
        yield from _condition(block.when, scope)
        for text in (block.text, block.lead, block.labelled):
            yield from _text(text, scope)
        yield from _drawn(block, scope)
        yield from _blocks((*block.do, *block.other), inner)


def _drawn(block: Block, scope: Scope) -> Iterator[str]:
    if block.table:
        yield from _table(block.table, scope)
    if block.chart:
        yield from _chart(block.chart, scope)
    for row in block.grid.rows if block.grid else ():
        inner = scope
        if isinstance(row, Repeated):
            yield from _listed(row.each, scope)
            inner = replace(scope, row=scope.facts.get(row.each))
        for cell in row.cells if isinstance(row, Repeated) else row:
            yield from _text(cell.text, inner)


def _listed(name: str, scope: Scope) -> Iterator[str]:
    fact = scope.facts.get(name)
    if fact is None or fact.type not in (FactType.LIST, FactType.ROWS, FactType.CELLS):
        yield f"“{name}”不是 list、rows 或 cells 要素,不能逐行写。"


def _table(table: Table, scope: Scope) -> Iterator[str]:
    yield from _listed(table.rows, scope)
    fact = scope.facts.get(table.rows)
    if bool(table.columns) == bool(table.across) or (table.across and fact and fact.across != table.across):
        yield f"表“{table.rows}”应有 columns;若各栏来自要素,则应只有与该要素相同的 across。"
    if table.total and len(table.total) != len(table.columns):
        yield f"表“{table.rows}”的合计行有 {len(table.total)} 格,应有 {len(table.columns)} 格。"
    for text in (table.caption, table.unit, *table.total):
        yield from _text(text, scope)
    for column in table.columns:
        yield from _text(column.text, replace(scope, row=fact))


def _chart(chart: Chart, scope: Scope) -> Iterator[str]:
    yield from _listed(chart.rows, scope)
    for name in filter(None, (chart.label, chart.value, chart.low, chart.high)):
        yield from _inner(scope.facts.get(chart.rows), name)
    if chart.line and chart.line not in scope.facts:
        yield f"没有名为“{chart.line}”的要素。"
    yield from _text(chart.caption, scope)


def _inner(fact: Fact | None, name: str) -> Iterator[str]:
    if fact and name not in {each.name for each in fact.of}:
        yield f"要素“{fact.name}”的行里没有“{name}”。"


def _condition(expression: str, scope: Scope) -> Iterator[str]:
    if expression:
        yield from _text(f"{{{{ {expression} }}}}", scope)


def _text(text: str, scope: Scope) -> Iterator[str]:
    try:
        found = parsed(text)
    except LanguageFault as fault:
        yield str(fault)
        return
    for name in sorted(meta.find_undeclared_variables(found) - scope.names):
        yield f"“{text[:60]}”中的“{name}”不是要素。"
    for got in found.find_all(nodes.Getattr):
        if isinstance(got.node, nodes.Name) and got.node.name in ("item", "row"):
            yield from _inner(scope.item if got.node.name == "item" else scope.row, got.attr)
    for used in found.find_all(nodes.Filter):
        if used.name in OF_ROWS and isinstance(used.node, nodes.Name) and isinstance(used.args[0], nodes.Const):
            yield from _inner(scope.facts.get(used.node.name), used.args[0].value)
