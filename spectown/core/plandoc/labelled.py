"""Unit marks without brackets: lines 牵头单位:… / 责任单位:…, headings that are a unit, sentences A会同B."""

from __future__ import annotations

import re

from spectown.core.plandoc import units
from spectown.core.plandoc.content import Content, read
from spectown.core.plandoc.folding import cut, fold
from spectown.core.plandoc.lines import Line
from spectown.core.plandoc.marks import Found
from spectown.core.plandoc.model import MarkStyle
from spectown.core.plandoc.numbering import Token
from spectown.core.plandoc.numbering import read as read_number
from spectown.core.plandoc.vocabulary import LABEL, Role, role_of_label
from spectown.core.plandoc.weighing import is_mark

_PAGE = re.compile(r"[-—–·. ]*\d{1,3}[-—–·. ]*")
_MOST_LINES = 8
_ONE_MORE = re.compile(r"各|[省市县区州](?![省市县区])")
_LEADS_HERE = re.compile(r"(?P<who>.{2,40}?)(?:牵头(?:负责)?(?:的)?(?:工作|任务|事项|项目)|牵头)(?:\(.{1,12}\))?$")
_HAS_DUTY = re.compile(r"(?P<who>.{2,40}?)(?:(?:配合|承担|负责)(?:的)?(?:工作|任务|事项))(?:\(.{1,12}\))?$")
_WITH = re.compile(r"(?P<who>[^,。;:\n]{3,30}?)会同(?P<others>[^,。;:\n]{3,120})")


def find_lines(source: str, folded: str, lines: list[Line], taken: list[tuple[int, int]]) -> list[Found]:
    """Return marks that stand behind labels outside brackets, line by line (see `merged`)."""
    found: list[Found] = []
    for i, line in enumerate(lines):
        at = _label_at(line, taken)
        if at is None:
            continue
        end = _reach(lines, i)
        content = read(cut(source, folded, line.start + at, end))
        if is_mark(content, at_end=True):
            found.append(Found(MarkStyle.LABELLED_LINES, line.start + at, end, content))
    return found


def _label_at(line: Line, taken: list[tuple[int, int]]) -> int | None:
    """Return where in the line an unbracketed role label begins that is not within a mark already found."""
    if ":" not in line.text and "]" not in line.text:
        return None
    for match in LABEL.finditer(line.text):
        at = match.start()
        before = line.text[:at].rstrip(" ")
        opens = not before or before[-1] in "。;!?)]」”、,-—*·●" or before.endswith("\uf06c")
        if opens and role_of_label(match.group()) is not Role.SKIP:
            position = line.start + at
            if not any(start <= position < end for start, end in taken):
                return at
    return None


def _reach(lines: list[Line], index: int) -> int:
    """Return the end of the units that begin in line `index`: a line broken inside the list or a bracket goes on."""
    text, end = lines[index].text, lines[index].end
    ahead = [line for line in lines[index + 1 : index + 1 + _MOST_LINES] if not _PAGE.fullmatch(line.text)]
    for following in ahead:
        if following.gap or len(following.text) > 120 or LABEL.search(following.text):
            break
        unfinished = text.count("(") > text.count(")") or text[-1] in "、,和及"
        if not unfinished and not _wraps(text, following.text):
            break
        text, end = text + following.text, following.end
    return end


def _wraps(text: str, following: str) -> bool:
    """Whether the list at the end of `text` goes on in the next line, even with a name broken in two (党工/委)."""
    if read_number(following):
        return False
    rest = following.rstrip("。 ")
    names = [rest[a:b] for a, b in units.split(rest)]
    listed = len(names) > 1 or _ONE_MORE.match(rest)
    if names and listed and all(units.is_unit(name) or units.is_collective(name) for name in names):
        return True
    last = re.split(r"[、,:;\]]", text)[-1]
    if not last or units.is_unit(last) or units.is_collective(last) or last.endswith("。"):
        return False
    whole = [(last + rest)[a:b] for a, b in units.split(last + rest)]
    return all(units.is_unit(name) or units.is_collective(name) for name in whole)


def _joined(first: Content, second: Content) -> Content:
    return Content(
        items=first.items + second.items,
        labelled=True,
        worded=first.worded or second.worded,
        first_leads=first.first_leads or second.first_leads,
        blanket=first.blanket + second.blanket,
        refused=first.refused + second.refused,
    )


def find_headings(source: str, folded: str, tokens: list[Token], stops: list[int]) -> list[Found]:
    """Return marks of headings that are units: (一)市工信局:负责… and 一、某管委会牵头工作(8项).

    A bare unit as heading counts only where at least two headings of the same style are units, one alone may be a
    title. `stops` are the ends of the clauses.
    """
    bare: dict[str, list[Found]] = {}
    found: list[Found] = []
    for token, stop in zip(tokens, stops, strict=True):
        end = min(stop, token.end + 120)
        text = folded[token.end : end]
        match = re.match(r"[ ]*([^。:;\n]{2,60}?)[ ]*(?:([。:;\n])|$)", text)
        if not match:
            continue
        start, close = token.end + match.start(1), token.end + match.end(1)
        named = _LEADS_HERE.fullmatch(match.group(1)) or _HAS_DUTY.fullmatch(match.group(1))
        if named and match.group(1)[0] != "(":
            role = Role.LEAD if named.re is _LEADS_HERE else Role.ASSIST
            content = read(cut(source, folded, start, start + named.end("who")), role=role)
            if content.items and all(units.is_unit(fold(n)) for n in content.names()):
                found.append(Found(MarkStyle.HEADING_UNIT, start, close, content))
        elif match.group(2) in (":", "。"):
            content = read(cut(source, folded, start, close))
            if content.items and not content.worded and all(_is_office(fold(n), many=True) for n in content.names()):
                bare.setdefault(token.style, []).append(Found(MarkStyle.HEADING_UNIT, start, close, content))
    for same in bare.values():
        certain = [mark for mark in same if all(_is_office(fold(name)) for name in mark.content.names())]
        found.extend(same if len(certain) > 1 else [])
    return found


def _is_office(name: str, *, many: bool = False) -> bool:
    if many and units.is_collective(name):
        return True
    return units.is_strong(name) or (units.is_unit(name) and name[0] in "省市县区州")


def find_subjects(source: str, folded: str, starts: list[int]) -> list[Found]:
    """Return marks of the kind 省链长办会同省商务厅… at the start of a clause.

    Only for documents that mark their units in no other way, and only where the habit shows at least twice: in any
    other text such a sentence is a description, not an assignment.
    """
    found: list[Found] = []
    for start in starts:
        match = _WITH.match(folded, start)
        if not match or not _is_office(match.group("who").strip(" ")):
            continue
        content = read(cut(source, folded, match.start("who"), match.end("who")), role=Role.LEAD)
        others = cut(source, folded, match.start("others"), match.end("others"))
        offices = [(a, a + _office_length(others.text[a:b])) for a, b in units.split(others.text)]
        kept = [(a, b) for a, b in offices if b > a]
        if not kept:
            continue
        content.items += [(others.printed(a, b), Role.ASSIST) for a, b in kept]
        found.append(Found(MarkStyle.SENTENCE_SUBJECT, match.start(), others.at[kept[-1][1] - 1] + 1, content))
    return found if len(found) > 1 else []


def _office_length(text: str) -> int:
    """Return how many characters at the start of `text` are an office (省商务厅编制图谱 -> 4); 0 when none are."""
    if _is_office(text):
        return len(text)
    for end in range(3, min(len(text), 24)):
        if _is_office(text[:end]) and not text.startswith(("员会", "公室"), end):
            return end
    return 0


def merged(found: list[Found], folded: str) -> list[Found]:
    """Return the marks with labelled lines that follow each other, each with roles of its own, made one."""
    result: list[Found] = []
    for mark in sorted(found, key=lambda item: item.start):
        last = result[-1] if result else None
        if last and last.style is mark.style is MarkStyle.LABELLED_LINES and _continues(last, mark, folded):
            result[-1] = Found(mark.style, last.start, mark.end, _joined(last.content, mark.content))
        else:
            result.append(mark)
    return result


def _continues(last: Found, mark: Found, folded: str) -> bool:
    between = folded[last.end : mark.start]
    roles = {role for _, role in last.content.items}
    return not between.strip(" \n") and not any(role in roles for _, role in mark.content.items)
