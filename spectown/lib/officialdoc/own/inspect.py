"""What is wrong with an uploaded template, before anybody relies on it."""

from __future__ import annotations

from collections.abc import Iterator

from spectown.core.documentkinds.fields import CHOOSE
from spectown.core.documentkinds.model import Kind
from spectown.core.documentkinds.ownfacts import named_through
from spectown.core.documentkinds.starter import REWRITE
from spectown.lib.officialdoc.own.fonts import missing_fonts
from spectown.lib.officialdoc.own.markup import Tree, W, parse_parts
from spectown.lib.officialdoc.own.package import read_package
from spectown.lib.officialdoc.own.reading import Fault, Reading, part_label, readings, visible

TRACKED = tuple(f"{W}{name}" for name in ("ins", "del", "moveFrom", "moveTo"))

REVISIONS = "“审阅”中接受或拒绝全部修订,关闭修订后保存"
COMMENTS = "“审阅”中删除文档中的所有批注后保存"


def inspect_template(data: bytes, kind: Kind) -> list[Fault]:
    """All faults; those that `stop` must be mended, the others are to be known. Raises TemplateRefused."""
    trees = parse_parts(read_package(data))
    found = [reading for reading in readings(trees, kind) if visible(reading)]
    return [
        *(fault for reading in found for fault in reading.faults),
        *(fault for reading in found for fault in _unwritten(reading)),
        *_left_over(trees),
        *missing_fonts(trees, found),
        *_unused(found, kind),
    ]


def _unwritten(reading: Reading) -> Iterator[Fault]:
    """What the starter leaves for people to write themselves."""
    if REWRITE in reading.line.text:
        said = f"起始模板中的“{REWRITE}”还在:系统原来的写法要计算或分情况,字段表达不了"
        yield reading.fault(said, f"把“{REWRITE}”改成固定文字或字段,不需要的整句删去")


def _left_over(trees: dict[str, Tree]) -> Iterator[Fault]:
    """Traces of editing that would leave the house with every document."""
    for name, tree in trees.items():
        if part_label(name) and next(tree.iter(*TRACKED), None) is not None:
            yield Fault(part_label(name), 0, "", "文档带有修订痕迹,请先接受或拒绝全部修订", todo=REVISIONS)
        if part_label(name) and next(tree.iter(f"{W}commentReference"), None) is not None:
            yield Fault(part_label(name), 0, "", "文档带有批注,请先删除全部批注", todo=COMMENTS)


def _unused(found: list[Reading], kind: Kind) -> Iterator[Fault]:
    fields = [field for reading in found for field in reading.fields]
    used = {name for field in fields for name in (field.fact, field.across)}
    used |= {name for field in fields for name in named_through(kind, field.fact)}
    if not fields:
        yield Fault("正文", 0, "", "模板中没有一个字段,生成的每份公文都会相同", todo=CHOOSE)
        return
    left = [fact.label for fact in kind.facts if fact.required and fact.name not in used]
    if left:
        said = f"模板没有用到这些必填要素:{'、'.join(left)}"
        yield Fault("正文", 0, "", said, stops=False, todo="要印在公文上的,在相应位置加上字段;不印的不用管")
