"""What is wrong with an uploaded template, before anybody relies on it."""

from __future__ import annotations

from collections.abc import Iterator

from spectown.core.documentkinds.model import Kind
from spectown.lib.officialdoc.own.fonts import missing_fonts
from spectown.lib.officialdoc.own.markup import Tree, W, parse_parts
from spectown.lib.officialdoc.own.package import read_package
from spectown.lib.officialdoc.own.reading import Fault, Reading, part_label, readings, visible

TRACKED = tuple(f"{W}{name}" for name in ("ins", "del", "moveFrom", "moveTo"))


def inspect_template(data: bytes, kind: Kind) -> list[Fault]:
    """All faults; those that `stop` must be mended, the others are to be known. Raises TemplateRefused."""
    trees = parse_parts(read_package(data))
    found = [reading for reading in readings(trees, kind) if visible(reading)]
    return [
        *(fault for reading in found for fault in reading.faults),
        *_left_over(trees),
        *missing_fonts(trees, found),
        *_unused(found, kind),
    ]


def _left_over(trees: dict[str, Tree]) -> Iterator[Fault]:
    """Traces of editing that would leave the house with every document."""
    for name, tree in trees.items():
        if part_label(name) and next(tree.iter(*TRACKED), None) is not None:
            yield Fault(part_label(name), 0, "", "文档带有修订痕迹,请先接受或拒绝全部修订")
        if part_label(name) and next(tree.iter(f"{W}commentReference"), None) is not None:
            yield Fault(part_label(name), 0, "", "文档带有批注,请先删除全部批注")


def _unused(found: list[Reading], kind: Kind) -> Iterator[Fault]:
    used = {field.fact for reading in found for field in reading.fields}
    if not used:
        yield Fault("正文", 0, "", "模板中没有一个字段,生成的每份公文都会相同")
        return
    left = [fact.label for fact in kind.facts if fact.required and fact.name not in used]
    if left:
        yield Fault("正文", 0, "", f"模板没有用到这些必填要素:{'、'.join(left)}", stops=False)
