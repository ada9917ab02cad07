"""The sentences of a clause that ask for something: what measures are broken out of, one by one."""

from __future__ import annotations

import re

_ENDS = re.compile(r"(?<=[。;\uff1b])(?![”」』)\uff09])")
_OPEN, _SHUT = r"[(\uff08]", r"[)\uff09]"
_INNER = r"[^()\uff08\uff09]*"
_MARK = re.compile(rf"{_OPEN}{_INNER}(?:{_OPEN}{_INNER}{_SHUT}{_INNER})*(?:牵头|负责|配合|分工){_INNER}{_SHUT}。?\s*$")
_BLANK = re.compile(r"[\s。.;:\uff1a\uff1b]*")


def sentences(text: str, heading: str = "") -> tuple[str, ...]:
    """The sentences of a clause's text without its heading and its mark of units (牵头, 负责), in order."""
    body = _MARK.sub("", " ".join(text.split()))
    if heading:
        start = body.find(heading)
        if 0 <= start <= 12:  # after the number only; a heading may be said again in the text
            body = body[start + len(heading) :]
    pieces = [piece.strip() for piece in _ENDS.split(body) if not _BLANK.fullmatch(piece)]
    return tuple(piece for piece in pieces if not piece.startswith(("附件:", "附件\uff1a")))
