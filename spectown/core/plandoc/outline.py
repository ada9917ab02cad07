"""Which numbers are clauses, and whose children they are.

Walks the lines of one part. A number counts at the start of a line; within a line only where the text was evidently
run together (a very long line), there only in sequence. Styles have a usual depth (第X章 … ①); a clause belongs to
the nearest clause before it of a smaller depth, so a document may leave out any level.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from spectown.core.plandoc.lines import Line
from spectown.core.plandoc.numbering import Token, read, read_glued

GLUED_LENGTH = 1200
_GLUED_SHORT = 250
_FLAT_LIST = 5
_INLINE = re.compile(
    r"(?:第[一二三四五六七八九十百]{1,4}[章条])|\([一二三四五六七八九十]{1,3}\)|[一二三四五六七八九十]{1,3}、|\d{1,2}[.、](?!\d)"
)
_STOP_BEFORE = '。;!?:)]」”" '
_NOT_BEFORE = re.compile(r"[第其之统同单唯独万专不逐划归合周星期初每进任千百十年月附见及和与到至]$")
_UNIT_AFTER = re.compile(r"\d+(?:\.\d+)+[ ]?(?:%|个|家|亿|万|元|倍|户|项|人|吨|公里|平方)")


@dataclass(slots=True)
class Trail:
    """The last value seen per style, the path of open clauses, and the highest running number."""

    last: dict[str, int] = field(default_factory=dict)
    path: list[Token] = field(default_factory=list)
    running: dict[str, int] = field(default_factory=dict)

    def expects(self, token: Token) -> bool:
        """Whether `token` starts a list or goes on with one; gaps are forgiven, going back is not."""
        return token.value == 1 or token.value > self.last.get(token.style, 0)

    def follows(self, token: Token) -> bool:
        """Whether `token` is exactly the next of its list, or the first of a new one."""
        expected = {self.last.get(token.style, 0) + 1, self.running.get(token.style, 0) + 1}
        return token.value in expected or (token.value == 1 and token.style not in self.last)

    def take(self, token: Token) -> None:
        """Record `token` as a clause."""
        while self.path and self.path[-1].rank >= token.rank:
            self.path.pop()
        for style in [s for s in self.last if Token(s, 1, "", 0, 0).rank > token.rank]:
            del self.last[style]
        self.path.append(token)
        self.last[token.style] = token.value
        self.running[token.style] = max(self.running.get(token.style, 0), token.value)


def tokens(lines: list[Line], skip: set[int]) -> list[Token]:
    """Return the numbers that are clauses, in reading order; `skip` are indices of lines that are something else.

    Where no line begins with a number, a shorter line may be a document run together.
    """
    return _walk(lines, skip, GLUED_LENGTH) or _walk(lines, skip, _GLUED_SHORT)


def _walk(lines: list[Line], skip: set[int], glued: int) -> list[Token]:
    trail = Trail()
    found: list[Token] = []
    for i, line in enumerate(lines):
        if i in skip:
            continue
        token = _at_start(line, trail)
        if token:
            trail.take(token)
            found.append(token)
        if len(line.text) >= glued:
            found.extend(_inside(line, token, trail))
    return found


def notice_length(own: list[Token], marks: list[int], opening: str) -> int:
    """Return how many of the numbers belong to a notice whose flat list 1. 2. 3. follows without a title.

    So it is when a notice announces something (印发给你们), its 一、二、三、 carry no mark, and all that comes after
    is one list that carries them all.
    """
    first = next((i for i, token in enumerate(own) if token.style == "1."), 0)
    announced = re.search(r"印发给?你们|转发给?你们", opening)
    flat = [token.style for token in own[first:]] == ["1."] * (len(own) - first)
    if not first or not announced or not flat or len(own) - first < _FLAT_LIST:
        return 0
    own_marks = bool(marks) and marks[0] > own[first].start
    return first if own_marks and {token.style for token in own[:first]} == {"一、"} else 0


def _at_start(line: Line, trail: Trail) -> Token | None:
    token = read(line.text, line.start)
    if token and token.style in ("1.", "1.1"):
        if _UNIT_AFTER.match(line.text):
            token = None
        elif token.style == "1.1":
            first = int(token.number.split(".")[0])
            opened = trail.last.get("1.") == first or any(first == t.value for t in trail.path)
            token = token if opened else None
    if token is None and line.text[:1].isdigit() and not _UNIT_AFTER.match(line.text):
        token = read_glued(line.text, line.start, trail.last.get("1.", 0) + 1)
    if token and (trail.expects(token) or token.style in ("第章", "第条", "(一)", "一、")):
        return token
    return None


def _inside(line: Line, first: Token | None, trail: Trail) -> list[Token]:
    """Return the clauses within a run-together line, in sequence with what came before."""
    found: list[Token] = []
    begin = (first.end - line.start) if first else 0
    for match in _INLINE.finditer(line.text, begin):
        at = match.start()
        token = read(line.text, line.start, at)
        if token is None or not trail.follows(token):
            continue
        before = line.text[at - 1] if at else " "
        if before not in _STOP_BEFORE and not _may_stick(token, line.text[max(0, at - 1) : at]):
            continue
        trail.take(token)
        found.append(token)
    return found


def _may_stick(token: Token, before: str) -> bool:
    """Whether a number may follow a word directly: a heading run into the next one (总体要求(一)指导思想)."""
    if _NOT_BEFORE.search(before) or before in ",、(":
        return False
    return token.style in ("(一)", "第章", "第条") or (token.style == "一、" and token.value > 1)
