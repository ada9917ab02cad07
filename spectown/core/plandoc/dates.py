"""Dates as documents write them: 2023年3月31日, 二○二三年三月三十一日, 2023-03-31, lost glyphs (2023925日)."""

from __future__ import annotations

import re
from datetime import date

from spectown.core.plandoc.numerals import value_of

_C = "[〇一二三四五六七八九十]"
DATE = re.compile(
    rf"(?P<y>(?:19|20)\d\d|[一二][〇九]{_C}{{2}})[ ]?年"
    rf"[ ]?(?P<m>\d{{1,2}}|{_C}{{1,2}})[ ]?月[ ]?(?P<d>\d{{1,2}}|{_C}{{1,3}})[ ]?日?"
    r"|(?P<y2>(?:19|20)\d\d)[-./](?P<m2>\d{1,2})[-./](?P<d2>\d{1,2})(?!\d)"
)
_BARE = re.compile(r"(?P<y>(?:19|20)\d\d)年?(?P<rest>\d{2,4})日?")


def find(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int, date]]:
    """Return (start, end, date) of every readable date in folded text."""
    found: list[tuple[int, int, date]] = []
    for match in DATE.finditer(text, start, len(text) if end is None else end):
        names = ("y", "m", "d") if match.group("y") else ("y2", "m2", "d2")
        day = _date(*(value_of(match.group(name)) for name in names))
        if day:
            found.append((match.start(), match.end(), day))
    return found


def whole(text: str) -> date | None:
    """Return the date that `text` (a line without blanks) is, also when 年 and 月 were lost and one reading is left."""
    match = DATE.fullmatch(text)
    if match:
        return next((day for _, _, day in find(text)), None)
    bare = _BARE.fullmatch(text)
    if not bare:
        return None
    rest = bare.group("rest")
    readings = {
        _date(int(bare.group("y")), int(rest[:i]), int(rest[i:])) for i in (1, 2) if rest[i:] and rest[i] != "0"
    }
    sound = [day for day in readings if day]
    return sound[0] if len(sound) == 1 else None


def _date(year: int | None, month: int | None, day: int | None) -> date | None:
    try:
        return date(year or 0, month or 0, day or 0)
    except ValueError:
        return None
