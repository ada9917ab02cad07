"""Automatic numbers of Word paragraphs: what numbering.xml says, counted as Word counts (ECMA-376 part 1, 17.9)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from docx.oxml.ns import qn

from spectown.core.plandoc.numerals import written

_CHINESE = ("chinese", "japaneseCounting", "taiwanese", "ideograph", "korean")
_DEEPEST = 9


@dataclass(frozen=True, slots=True)
class _Level:
    form: str
    pattern: str
    start: int


@dataclass(slots=True)
class Numbering:
    """The lists of one document and how far each has been counted."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    shared: dict[str, str] = field(default_factory=dict)
    counts: dict[str, list[int | None]] = field(default_factory=dict)
    opened: set[str] = field(default_factory=set)
    restarts: dict[str, dict[int, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, document: Any) -> Numbering:
        """Return the numbering of a document; one without lists gives an empty one."""
        result = cls()
        part = next(
            (rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith("/numbering")), None
        )
        if part is None or not hasattr(part, "element"):
            return result
        abstract = {e.get(qn("w:abstractNumId")): _levels(e) for e in part.element.findall(qn("w:abstractNum"))}
        for num in part.element.findall(qn("w:num")):
            key, base = num.get(qn("w:numId")), _value(num.find(qn("w:abstractNumId")))
            result.levels[key] = dict(abstract.get(base, {}))
            result.shared[key] = base
            for override in num.findall(qn("w:lvlOverride")):
                level = int(override.get(qn("w:ilvl")) or 0)
                result.levels[key].update(_levels(override))
                start = override.find(qn("w:startOverride"))
                if start is not None:
                    result.restarts.setdefault(key, {})[level] = int(_value(start) or 1)
        return result

    def next(self, paragraph: Any) -> str:
        """Return the number that Word shows before `paragraph` (一、, (一), 1.), or "" for none and for bullets."""
        key, depth = _place(paragraph)
        levels = self.levels.get(key, {})
        if depth not in levels:
            return ""
        counts = self.counts.setdefault(self.shared[key], [None] * _DEEPEST)
        if key not in self.opened:
            self.opened.add(key)
            for level, start in self.restarts.get(key, {}).items():
                counts[level] = start - 1
        now = counts[depth]
        counts[depth] = levels[depth].start if now is None else now + 1
        counts[depth + 1 :] = [None] * (_DEEPEST - depth - 1)
        if levels[depth].form in ("bullet", "none"):
            return ""
        return re.sub(r"%([1-9])", lambda match: _shown(levels, counts, int(match.group(1)) - 1), levels[depth].pattern)


def _shown(levels: dict[int, _Level], counts: list[int | None], depth: int) -> str:
    level = levels.get(depth)
    if level is None:
        return ""
    count = counts[depth]
    return _written(level.start if count is None else count, level.form)


def _written(value: int, form: str) -> str:
    if form.startswith(_CHINESE) and "Enclosed" not in form:
        return written(value)
    if "nclosedCircle" in form and 1 <= value <= 20:
        return chr(0x2460 + value - 1)
    if form in ("lowerLetter", "upperLetter") and 1 <= value <= 26:
        return chr((ord("a") if form == "lowerLetter" else ord("A")) + value - 1)
    return str(value)


def _levels(parent: Any) -> dict[int, _Level]:
    found: dict[int, _Level] = {}
    for level in parent.findall(qn("w:lvl")):
        start = _value(level.find(qn("w:start"))) or "1"
        found[int(level.get(qn("w:ilvl")) or 0)] = _Level(
            _value(level.find(qn("w:numFmt"))) or "decimal", _value(level.find(qn("w:lvlText"))), int(start)
        )
    return found


def _place(paragraph: Any) -> tuple[str, int]:
    """Return (list, level) of a paragraph, said by itself or by its style or the styles that this one is based on."""
    key, depth = "", ""
    sources = [paragraph._p.pPr]
    style = paragraph.style
    for _ in range(_DEEPEST):
        if style is None:
            break
        sources.append(style.element.pPr)
        style = style.base_style
    for properties in sources:
        place = None if properties is None else properties.find(qn("w:numPr"))
        if place is not None:
            key = key or _value(place.find(qn("w:numId")))
            depth = depth or _value(place.find(qn("w:ilvl")))
    return key, min(_DEEPEST - 1, int(depth or 0))


def _value(element: Any) -> str:
    return "" if element is None else str(element.get(qn("w:val")) or "")
