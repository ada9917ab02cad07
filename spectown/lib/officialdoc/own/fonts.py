"""Which fonts a template names for the text that stands in it, and which of them nobody has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import typst
from django.conf import settings

from spectown.lib.officialdoc.docx.styles import FONTS
from spectown.lib.officialdoc.fonts import FAMILIES
from spectown.lib.officialdoc.own.markup import Tree, W
from spectown.lib.officialdoc.own.reading import Fault, Reading

STYLES = "word/styles.xml"
# Every Word and WPS has it; official documents may set digits in it.
COMMON = {"Times New Roman"}
OURS = ("Fandol", "Noto ")  # substitutes of the PDF; no official's machine has them


def missing_fonts(trees: dict[str, Tree], found: Iterable[Reading]) -> Iterator[Fault]:
    """One fault a font, at the first paragraph that uses it. It does not stop: Word shows a substitute."""
    styles = _Styles(trees.get(STYLES))
    told = set(_known())
    for reading in found:
        for piece in reading.line.pieces:
            for name in styles.names(piece.node) - told:
                told.add(name)
                yield reading.fault(
                    f"字体“{name}”不是公文常用字体,也不在 FONT_DIR 中,别的电脑可能显示为其他字体",
                    "改用仿宋_GB2312、方正小标宋简体、黑体、楷体_GB2312、宋体,或请系统管理员把它放入 FONT_DIR",
                    stops=False,
                )


def _known() -> frozenset[str]:
    official = {name for names in FAMILIES.values() for name in names if not name.startswith(OURS)}
    return frozenset({*official, *FONTS.values(), *COMMON, *_own(settings.FONT_DIR)})


@cache
def _own(folder: Path | None) -> frozenset[str]:
    if folder is None or not folder.is_dir():
        return frozenset()
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)])
    return frozenset(info.family for info in fonts.fonts())


class _Styles:
    """Fonts by style: those of a style, else of the one it is based on, else the document's own."""

    def __init__(self, tree: Tree | None) -> None:
        found = [] if tree is None else list(tree.iter(f"{W}style"))
        self.by_id = {style.get(f"{W}styleId"): style for style in found}
        normal = (s for s in found if s.get(f"{W}default") == "1" and s.get(f"{W}type") == "paragraph")
        self.normal = next((s.get(f"{W}styleId") for s in normal), "")
        self.first = None if tree is None else tree.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")

    def names(self, node: Tree) -> set[str]:
        """The fonts named for a text node: one for its Chinese, one for its letters and digits."""
        text = node.text or ""
        wanted = {"eastAsia": any(c >= "\u2e80" for c in text), "ascii": any(" " < c < "\x7f" for c in text)}
        return {name for kind, used in wanted.items() if used and (name := self._name(node, kind))}

    def _name(self, node: Tree, kind: str) -> str:
        for properties in self._chain(node):
            fonts = None if properties is None else properties.find(f"{W}rFonts")
            if fonts is not None and (fonts.get(f"{W}{kind}Theme") or fonts.get(f"{W}{kind}")):
                return "" if fonts.get(f"{W}{kind}Theme") else fonts.get(f"{W}{kind}") or ""
        return ""

    def _chain(self, node: Tree) -> Iterator[Tree | None]:
        run, paragraph = (next(node.iterancestors(f"{W}{name}"), None) for name in ("r", "p"))
        own = None if run is None else run.find(f"{W}rPr")
        yield own
        yield from self._based(None if own is None else own.find(f"{W}rStyle"), "")
        yield from self._based(None if paragraph is None else paragraph.find(f"{W}pPr/{W}pStyle"), self.normal)
        yield self.first

    def _based(self, reference: Tree | None, default: str) -> Iterator[Tree | None]:
        name, seen = default if reference is None else reference.get(f"{W}val"), set[str]()
        while name in self.by_id and name not in seen:
            seen.add(name)
            style = self.by_id[name]
            yield style.find(f"{W}rPr")
            base = style.find(f"{W}basedOn")
            name = "" if base is None else base.get(f"{W}val")
