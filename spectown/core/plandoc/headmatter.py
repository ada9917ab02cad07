"""What stands around the clauses: title, issuer, 文号, dates, disclosure line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from spectown.core.plandoc import dates, units
from spectown.core.plandoc.folding import squeeze
from spectown.core.plandoc.lines import Line
from spectown.core.plandoc.numbering import read
from spectown.core.plandoc.parts import KIND

_HEAD = 6000
_DISCLOSURE = re.compile(r"\([ ]*((?:此|本)[ ]?(?:件|文|文件)[^()\n]{2,24})[ ]*\)")
_NUMBER = re.compile(
    r"(?P<word>[\u4e00-\u9fff]{1,24})[ ]*(?P<open>[\[(‘'《<]?)"
    r"[ ]*(?P<year>(?:19|20)\d\d)[ ]*(?P<close>[\])’'》>]?)[ ]*第?[ ]*(?P<no>\d{1,4})[ ]*号"
)
_LOST = re.compile(r"(?P<word>[\u4e00-\u9fff]{2,24})[ ]*\[(?P<year>20\d\d)(?P<no>\d{1,4})(?:号|(?=\n|$))")
_NUMBER_LABEL = re.compile(r"(?:发[ ]?文[ ]?字[ ]?号|文[ ]*号|发布文号|文件编号)[ ]*[:\]]?[ ]*\|?[ ]*")
_WORD = re.compile(
    r"[\u4e00-\u9fff]{0,6}?(?:政办发|政办字|政办函|政办规|政办通|府办发|府办字|府办函|府办规|府办|政发|政字|政函|政规|政通|府发|府字|府函|办发|办字|办函|办规|委发|委办|厅字|厅发|厅函"
    r"|规|发|字|函|令|通|号|电)$"
)
_SIGNED_LABEL = re.compile(r"(?:成文|签发|发文|印发|生成)(?:日期|时间)[ ]*[:\]]?[ ]*\|?[ ]*")
_PUBLISHED_LABEL = re.compile(
    r"(?:发布|公开|公布|上传|更新|刊发|发表)(?:日期|时间)[ ]*[:\]]?[ ]*\|?[ ]*"
    r"|(?<![\u4e00-\u9fff])(?:时间|日期)[ ]*:[ ]*"
)
_ISSUER_LABEL = re.compile(
    r"(?:发布机构|发文机关|发文机构|发文单位|发布单位|制发机关|公开主体|发布部门|信息来源|来源)"
    r"[ ]*[:\]]?[ ]*\|?[ ]*(?P<who>[\u4e00-\u9fff()]{4,40}|[\u4e00-\u9fff]{4,30})"
)
_OPENING = re.compile(r"\s*([\u4e00-\u9fff“” ]{4,60}?(?:方案|计划|意见|办法|规划|措施|举措|要点|细则))(?=[ 一第(为\n])")
_PRINTS = re.compile(r"(?P<who>[\u4e00-\u9fff ]{4,60}?)[ ]*(?:关于)?(?:印发|转发|公布|下发)")


@dataclass(frozen=True, slots=True)
class Head:
    """Head matter as found; what was not found is None."""

    title: str | None
    issuer: str | None
    document_number: str | None
    signed_date: date | None
    published_date: date | None
    disclosure: str | None


def read_head(source: str, folded: str, lines: list[Line], main: int, title: str) -> Head:
    """Return the head matter; the plan itself begins at line `main`, `title` is its title if a notice named it."""
    head = folded[:_HEAD]
    disclosure = _DISCLOSURE.search(folded)
    signature = _signature(lines, main)
    return Head(
        title=title or _title(source, lines) or _glued_title(folded),
        issuer=_issuer(source, lines, head, signature),
        document_number=_document_number(head),
        signed_date=_labelled_date(_SIGNED_LABEL, head) or (signature[1] if signature else None),
        published_date=_labelled_date(_PUBLISHED_LABEL, head),
        disclosure=source[disclosure.start(1) : disclosure.end(1)] if disclosure else None,
    )


def _signature(lines: list[Line], main: int) -> tuple[int, date] | None:
    """Return (line of the date, date) of the signature: a date alone on its line, near its issuer if possible."""
    found: list[tuple[int, date]] = []
    for i, line in enumerate(lines):
        if len(line.text) > 40:
            continue
        text = squeeze(line.text)
        day = dates.whole(text.strip("()"))
        if day is None:
            tail = dates.find(text)
            if tail and tail[-1][1] == len(text) and units.is_strong(text[: tail[-1][0]]):
                day = tail[-1][2]
        if day:
            found.append((i, day))
    signed = [(i, day) for i, day in found if i and _is_issuer(lines[i - 1].text)]
    near = [(i, day) for i, day in signed if i <= main + 2] or signed or [(i, d) for i, d in found if i < main or i > 2]
    return near[0] if near else None


def _is_issuer(text: str) -> bool:
    return all(units.is_strong(squeeze(word)) for word in re.split(r"[ ]{2,}", text.strip(" ")))


def _issuer(source: str, lines: list[Line], head: str, signature: tuple[int, date] | None) -> str | None:
    if signature:
        index = signature[0]
        own = re.sub(r"\d.*$", "", squeeze(lines[index].text))
        if units.is_strong(own):
            return own
        if index and _is_issuer(lines[index - 1].text):
            line = lines[index - 1]
            return squeeze(source[line.start : line.end])
    for line in lines[:30]:
        match = _PRINTS.match(line.text)
        if match and units.is_strong(squeeze(match.group("who"))):
            return squeeze(source[line.start : line.start + match.end("who")])
    label = _ISSUER_LABEL.search(head)
    return label.group("who") if label and units.is_strong(label.group("who")) else None


def _title(source: str, lines: list[Line]) -> str:
    """Return the first heading-like line(s) that name a kind of document."""
    for i, line in enumerate(lines[:40]):
        text = squeeze(line.text)
        if len(text) > 80 or read(line.text) or re.search(r"[。;,!:|]|>>", text) or text.startswith("附"):
            continue
        if (
            KIND.search(text)
            and len(text) >= 6
            and not re.fullmatch(r"(?:政策|通知|公告|规划|计划|工作|规定|文件)+", text)
        ):
            return _with_line_before(source, lines, i)
    return ""


def _glued_title(folded: str) -> str | None:
    """Return the first words of a run-together text that end in a kind of document."""
    match = _OPENING.match(folded[:400])
    return squeeze(match.group(1)) if match else None


def _with_line_before(source: str, lines: list[Line], index: int) -> str:
    """Return the title at `index`, joined with the line before when that one is its first half."""
    own = squeeze(source[lines[index].start : lines[index].end])
    if index and not lines[index].gap and len(lines[index - 1].text) <= 40:
        before = squeeze(lines[index - 1].text)
        open_ended = re.search(r"(?:关于印发|关于|的|促进|推进|重点工作)$", before)
        named = len(own) < 14 and re.search(r"人民政府|办公[室厅]|年", before)
        if (open_ended or named) and not re.search(r"[。;,:|]|号$|日$", before):
            return squeeze(source[lines[index - 1].start : lines[index - 1].end]) + own
    return own


def _document_number(head: str) -> str | None:
    candidates: list[tuple[int, str]] = []
    for pattern in (_NUMBER, _LOST):
        for match in pattern.finditer(head):
            word = _WORD.search(match.group("word"))
            if word is None:
                continue
            cited = _is_cited(head, match.start(), match.end())
            at = match.start("word") + word.start()
            own_line = head[:at].rpartition("\n")[2].strip(" |") == ""
            labelled = bool(_NUMBER_LABEL.search(head[max(0, match.start() - 14) : match.start("word") + 8]))
            rank = 0 if labelled else 1 if own_line else 2
            if not cited or labelled:
                candidates.append(
                    (rank * _HEAD + at, f"{_clean(word.group())}〔{match.group('year')}〕{match.group('no')}号")
                )
    return min(candidates)[1] if candidates else None


def _clean(word: str) -> str:
    for lead in ("发文字号", "字号", "文号", "办公室", "办公厅", "人民政府", "政府", "文件", "委员会"):
        at = word.rfind(lead)
        if at >= 0 and len(word) > at + len(lead):
            word = word[at + len(lead) :]
    return word


def _is_cited(head: str, start: int, end: int) -> bool:
    """Whether a 文号 belongs to another document: it stands in brackets, or follows a 《title》."""
    before = head[max(0, start - 3) : start].rstrip(" ")
    after = head[end : end + 2].lstrip(" ")
    return before.endswith(("(", "》", "[")) or after.startswith((")", "文件", "要求", "精神"))


def _labelled_date(label: re.Pattern[str], head: str) -> date | None:
    for match in label.finditer(head):
        found = dates.find(head, match.end(), match.end() + 16)
        if found and found[0][0] <= match.end() + 2:
            return found[0][2]
    return None
