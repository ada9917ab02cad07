"""Where the parts stand that depend on their own length: the red mark, name and date, moved recipients."""

from dataclasses import dataclass
from math import ceil

from spectown.core.officialdoc.geometry import (
    CHARACTERS,
    LINES,
    MM_PER_PT,
    PITCH,
    STAMPED_RIGHT,
    TITLE_LINE_PT,
    TYPE_AREA,
    UNSTAMPED_RIGHT,
)
from spectown.core.officialdoc.titles import title_lines
from spectown.core.officialdoc.tree import Document, Format
from spectown.core.officialdoc.widths import lines, width
from spectown.core.officialdoc.wording import recipients_line

LARGEST_PT, SMALLEST_PT, NARROWEST = 48.0, 26.0, 0.5
FIRST_PAGE_MM = 35 + 20 + 6  # down to the red line; the title follows two lines below it


@dataclass(frozen=True, slots=True)
class Mark:
    """How the 发文机关标志 is set so that it fits: size of type and share of its width that is kept."""

    size_pt: float
    stretch: float


def mark(text: str, room_mm: float = TYPE_AREA[0]) -> Mark:
    """The largest mark that fits in one line: first narrower, then smaller."""
    room = room_mm / MM_PER_PT / max(width(text), 1.0) * 0.99
    if room >= LARGEST_PT:
        return Mark(LARGEST_PT, 1.0)
    size = max(min(LARGEST_PT, room / 0.7), min(SMALLEST_PT, room / NARROWEST))
    return Mark(round(size, 1), round(min(1.0, room / size), 2))


def signature_indents(organ: float, day: float, *, stamped: bool) -> tuple[float, float]:
    """Characters free at the right of name and date (7.3.5), from the widths of both.

    Stamped: the date 4 from the edge, the name centred above it, as far as the name's length allows. Not
    stamped: the name 2 from the edge and the date beginning 2 behind it, as far as the date's length allows.
    """
    if stamped:
        name = max(0.0, STAMPED_RIGHT + (day - organ) / 2)
        return name, name + (organ - day) / 2
    date_right = max(float(UNSTAMPED_RIGHT), organ - day)
    return date_right + day + UNSTAMPED_RIGHT - organ, date_right


def recipients_moved(document: Document) -> bool:
    """Whether the recipients must go to the 版记, since the first page would not show the text (7.3.2)."""
    if document.format is not Format.DOCUMENT or not document.recipients:
        return False
    title_mm = len(title_lines(document.title)) * TITLE_LINE_PT * MM_PER_PT
    left = LINES - ceil((FIRST_PAGE_MM + title_mm) / PITCH) - 3  # two lines above the title, one below
    return lines(recipients_line(document.recipients), CHARACTERS) > left - 1


def mark_room(organs: int) -> float:
    """Millimetres for one name of the mark: the whole width, or less where names stand above each other."""
    return TYPE_AREA[0] if organs == 1 else TYPE_AREA[0] * 0.96


def joint_rows(organs: tuple[str, ...], *, stamped: bool) -> list[tuple[str, ...]]:
    """Names as they stand (7.3.5): stamped side by side so that seals do not touch, else below each other."""
    per_row = 3 if stamped and max(map(width, organs)) <= 8 else 2 if stamped and max(map(width, organs)) <= 13 else 1
    return [organs[at : at + per_row] for at in range(0, len(organs), per_row)]
