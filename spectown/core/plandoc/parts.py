"""The documents within one file: the notice that prints the plan, the plan itself, its annexes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from spectown.core.plandoc.folding import squeeze
from spectown.core.plandoc.lines import Line
from spectown.core.plandoc.numbering import read

ANNEX = re.compile(
    r"附[ ]?(?:件|表|录|则(?=\d))[ ]?(\d{1,2}|[一二三四五六七八九十]{1,2})?[ ]?(?:-\d{1,2})?[ ]?[:.、]?[ ]?(.*)"
)
KIND = re.compile(
    r"(?:方案|计划|意见|办法|规划|措施|举措|细则|要点|规定|决定|通知|清单|名单|分工|分解|分解表|任务表|一览表|工作表|指南|指引|纲要|政策|条例|制度"
    r"|规则|章程|标准|职责|行动|任务|目标任务|工作|专业镇|通报|公告|报告|须知|表)(?:\([^()]{1,24}\))?$"
)
_QUOTED = re.compile(r"《([^《》]{4,80}(?:《[^《》]*》[^《》]{0,40})?)》")
_DATE_LINE = re.compile(
    r"(?:19|20|二[〇0])[\d〇一二三四五六七八九]{2}年?[\d一二三四五六七八九十]{1,3}月?[\d一二三四五六七八九十]{0,3}日?"
)
_SENTENCE = re.compile(r"[。;,!?:]")
_DISCLOSURE = re.compile(r"\((?:此件|本文|此文|本件)[^()]{2,20}\)$")
_LIST_ITEM = re.compile(r"附[ ]?件[ ]?\d{0,2}[ ]?[:.、]")


@dataclass(frozen=True, slots=True)
class Boundary:
    """A part begins with line `index`; `title_lines` lines of it are its label and title, not its text."""

    index: int
    kind: str
    label: str
    title: str
    title_lines: int


def find(lines: list[Line]) -> list[Boundary]:
    """Return where parts begin, in order; the first stretch of a file is the plan unless a title follows it."""
    annexes = _annexes(lines)
    first = annexes[0].index if annexes else len(lines)
    return _main_titles(lines[:first]) + annexes


def attachment_lines(lines: list[Line]) -> set[int]:
    """Return the indices of lines that only list attachments (附件:1.… 2.…)."""
    found: set[int] = set()
    for i, line in enumerate(lines):
        if not _LIST_ITEM.match(line.text) or len(line.text) > 120:
            continue
        rest = _LIST_ITEM.sub("", line.text, count=1).strip(" ")
        token = read(rest)
        if not rest or (token is None and ":" not in line.text[:6]):
            continue
        found.add(i)
        if token is None:
            continue
        value = token.value
        for j in range(i + 1, len(lines)):
            follow = read(lines[j].text)
            if follow is None or follow.style != "1." or follow.value != value + 1 or len(lines[j].text) > 100:
                break
            value = follow.value
            found.add(j)
    return found


def _annexes(lines: list[Line]) -> list[Boundary]:
    listed = attachment_lines(lines)
    found: list[Boundary] = []
    for i, line in enumerate(lines):
        match = ANNEX.fullmatch(line.text) if line.text.startswith("附") and len(line.text) <= 80 else None
        if match is None or i in listed or not _opens_annex(lines, i, match.group(2)):
            continue
        word = squeeze(line.text)[:2]
        label = f"{word}{match.group(1) or ''}"
        title, used = (match.group(2), 1) if match.group(2) else _title_at(lines, i + 1)
        found.append(Boundary(i, "annex", label, squeeze(title), used if match.group(2) else used + 1))
    return found


def _opens_annex(lines: list[Line], index: int, rest: str) -> bool:
    if _SENTENCE.search(rest) or re.match(r"所列|中|的|与|和|及", rest):
        return False
    if not rest:
        return True
    following = lines[index + 1].text if index + 1 < len(lines) else ""
    repeated = any(squeeze(line.text) == squeeze(rest) for line in lines[index + 1 :])
    return bool(following) and not following.startswith("附") and not repeated and bool(KIND.search(rest))


def _title_at(lines: list[Line], index: int) -> tuple[str, int]:
    """Return the title that starts at line `index` (up to three short lines), and how many lines it takes."""
    words: list[str] = []
    for line in lines[index : index + 3]:
        if _SENTENCE.search(line.text) or len(line.text) > 60 or read(line.text) or "|" in line.text:
            break
        words.append(squeeze(line.text))
        if KIND.search(words[-1]):
            return "".join(words), len(words)
    return (words[0], 1) if words and len(words[0]) <= 40 else ("", 0)


def _main_titles(lines: list[Line]) -> list[Boundary]:
    """Return the lines where the titles of what a notice prints stand: the plan first, further documents after it."""
    found: list[Boundary] = []
    quoted = _quoted_titles(lines)
    for i in range(1, len(lines)):
        for count in (1, 2, 3):
            joined = "".join(squeeze(line.text) for line in lines[i : i + count])
            if quoted.get(joined, i) < i and i + count < len(lines):
                del quoted[joined]
                kind, label = ("main", "") if not found else ("document", f"文件{len(found) + 1}")
                found.append(Boundary(i, kind, label, joined, count))
                break
    if not found:
        title = _title_after_signature(lines)
        found = [title] if title else []
    return found


def _quoted_titles(lines: list[Line]) -> dict[str, int]:
    """Return the titles in 《》 near the beginning, each with the line that quotes it first."""
    quoted: dict[str, int] = {}
    for i in range(min(30, len(lines))):
        joined = "".join(squeeze(line.text[:1500]) for line in lines[i : i + 2])
        for name in _QUOTED.findall(joined[:2500]):
            quoted.setdefault(squeeze(name), i)
    return quoted


def _title_after_signature(lines: list[Line]) -> Boundary | None:
    for i in range(2, min(len(lines) - 1, 120)):
        before = squeeze(lines[i - 1].text)
        if not (_DISCLOSURE.search(before) or _DATE_LINE.fullmatch(before)):
            continue
        if _DISCLOSURE.search(squeeze(lines[i].text)) or not any(
            "印发" in line.text or "通知如下" in line.text for line in lines[:i]
        ):
            continue
        title, used = _title_at(lines, i)
        if title and KIND.search(title) and i + used < len(lines):
            return Boundary(i, "main", "", title, used)
    return None
