"""The text of a paragraph over the runs into which Word cuts it; a stretch is replaced in the run where it begins."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from spectown.lib.officialdoc.own.markup import Tree, W, local

XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
SIGNS = {f"{W}br": "\n", f"{W}cr": "\n", f"{W}tab": "\t"}
BREAKS = {"\n": f"{W}br", "\t": f"{W}tab"}
ONCE = (f"{W}bookmarkStart", f"{W}bookmarkEnd", f"{W}sectPr", f"{W}commentRangeStart", f"{W}commentRangeEnd")


@dataclass(frozen=True, slots=True)
class Piece:
    """One text node of a paragraph and where it begins in the paragraph's text."""

    node: Tree
    start: int

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.node.text or "")


class Line:
    """A paragraph's own text, without that of text boxes anchored in it."""

    def __init__(self, paragraph: Tree) -> None:
        self.paragraph = paragraph
        self.pieces: list[Piece] = []
        self.text = ""
        for node in own_nodes(paragraph):
            if node.tag == f"{W}t":
                node.text = (node.text or "").replace("\n", " ").replace("\r", " ")  # what XML lines mean in Word
                self.pieces.append(Piece(node, len(self.text)))
                self.text += node.text
            elif node.tag in SIGNS and node.getparent().tag == f"{W}r":
                self.text += SIGNS[node.tag]

    def replace(self, stretches: list[tuple[int, int, str]]) -> None:
        """Put texts in place of stretches (start, end, text) that do not overlap."""
        for start, end, new in sorted(stretches, reverse=True):
            touched = [piece for piece in self.pieces if piece.start < end and piece.end > start]
            for piece in reversed(touched):
                old = piece.node.text
                before, after = old[: max(start - piece.start, 0)], old[max(end - piece.start, 0) :]
                piece.node.text = before + (new if piece is touched[0] else "") + after

    def break_lines(self) -> None:
        """Make line feeds and tabs that facts brought into signs of Word."""
        for piece in self.pieces:
            _break(piece.node)


def own_nodes(paragraph: Tree) -> Iterator[Tree]:
    """Nodes of a paragraph in order, without those of paragraphs inside it (text boxes)."""
    for child in paragraph:
        if child.tag == f"{W}p" or local(child.tag) == "txbxContent":
            continue
        yield child
        yield from own_nodes(child)


def _break(node: Tree) -> None:
    node.set(XML_SPACE, "preserve")
    first, *rest = re.split(r"([\n\t])", node.text or "")
    node.text = first
    for sign, text in zip(rest[::2], rest[1::2], strict=True):
        mark, more = etree.Element(BREAKS[sign]), etree.Element(f"{W}t", {XML_SPACE: "preserve"})
        more.text = text
        node.addnext(mark)
        mark.addnext(more)
        node = more


def copied(element: Tree, times: int) -> list[Tree]:
    """The element and copies of it, one behind the other in its place; what may stand once stands in the last one.

    So does the bond to the next paragraph, else a long text would leave its page whole.
    """
    once = (*ONCE, f"{W}keepNext") if element.tag == f"{W}p" else ONCE
    copies = [deepcopy(element) for _ in range(times - 1)]
    for copy in copies:
        copy.tail = None
        for node in list(copy.iter(*once)):
            node.getparent().remove(node)
        for node in copy.iter():
            for name in [name for name in node.attrib if local(name) in ("paraId", "textId")]:
                del node.attrib[name]
        element.addprevious(copy)
    return [*copies, element]


def remove(element: Tree) -> None:
    """Take a row or paragraph out; one that its container needs, or that ends a section, stays and is emptied."""
    parent, before = element.getparent(), element.getprevious()
    needed = sum(child.tag == element.tag for child in parent) == 1
    closing = element.tag == f"{W}p" and element is parent[-1] and (before is None or before.tag != element.tag)
    if not needed and not closing and next(element.iter(f"{W}sectPr"), None) is None:
        parent.remove(element)
