"""Figures that bind: targets (by when, how many) and thresholds (conditions of recognition)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from spectown.core.plandoc.model import Clause, Comparator, Quantity
from spectown.core.plandoc.numerals import value_of

_UNITS = (
    "万亿元|亿元|万元|亿美元|万美元|元|亿斤|万吨|吨|万亩|亩|万千瓦时|万千瓦|千瓦|个百分点|百分点|%|‰|万人次|人次|万人|人|名|万户|户|家|个|项|条"
    "|件|倍|公里|平方公里|平方米|万平方米|公顷|张|种|座|处|所|支|批|位|场|次|亿|万"
)
_NUMBER = re.compile(
    r"(?<![\d.A-Za-z第〕\]])(?P<low>\d{1,3}(?:,\d{3})+|\d{1,12}(?:\.\d{1,6})?)%?[ ]?"
    r"(?:(?:[-—–~～至到]{1,2})[ ]?(?P<high>\d{1,12}(?:\.\d{1,6})?))?[ ]?"
    rf"(?P<unit>{_UNITS})(?![年月日])(?P<after>及?以上|及?以下|以内|之内|左右|上下)?"
)
_CHINESE = re.compile(
    r"(?P<low>[一二三四五六七八九十百两]{1,4})(?P<high>(?!))?(?P<unit>家|个|户|项|件|名|人)(?P<after>及?以上|及?以下|以内|左右)?"
)
_SENTENCE = re.compile(r"[^。;!?\n]+[。;!?]?")
_YEAR = re.compile(r"(20\d\d)年")
_TARGET_HEADING = re.compile(r"目标(?!责任)")
_THRESHOLD_HEADING = re.compile(r"标准|条件|门槛|认定|准入|申报要求|评定|遴选要求")
_PAST_HEADING = re.compile(r"现状|基础|背景|形势|回顾|成效|现有|取得")
_PAST = re.compile(r"截至|截止|目前|以来|累计已|已(?:经|建|有|累计|达|培育|形成|拥有)|现有|去年|上年|上一年度")
_TO_COME = re.compile(
    r"(?:到|至|于|在|力争|确保)20\d\d年|20\d\d年(?:年?底|末|前|\d{1,2}月底?前|,?[^,;]{0,12}(?:力争|确保|目标|计划))|力争|确保|目标"
)
_GRANT = re.compile(r"补助|奖励|补贴|资助|奖补|给予|处罚|罚款|贴息|优惠|减免|贷款额度|补偿")
_LEVEL = re.compile(r"国家级|省级|市级|县、乡级|县级|区级|乡级|镇级")
_ACTION = (
    "首批|每年|全市|力争|争取|新增|累计|遴选|培育|打造|建设|创建|认定|引进|形成|建成|实施|培养|发展|完成|新建|招引|选树|推出|组建|申报|集聚|扶持"
    "|支持|带动|认证|获评|评定|选派|开展|组织|举办|突破|积极|推动|壮大|做强|储备|谋划|设立|建立"
)
_STRIP_FRONT = re.compile(
    rf"^(?:[ ]|\d{{1,3}}[.、](?!\d)|\([一二三四五六七八九十\d]{{1,3}}\)|[一二三四五六七八九十]{{1,3}}、|——"
    rf"|但|且|并|其中|同时|以及|及|和|或|应|要|须|到?20\d\d年(?:底|末)?(?:前)?|原则上|{_ACTION})+"
)
_STRIP_BACK = re.compile(
    r"(?:[ ]|应当|应|需|须|要|可|均|已|将|力争|原则上|不少于|不低于|不超过|不高于|不多于"
    r"|至少|最少|最多|最高|达到|达|超过|突破|高于|低于|大于|小于|多于|少于|增长到|增至|(?<!年均)增长"
    r"|提高到|提升到|提高|提升|控制在|保持在|稳定在|下降到|下降|降至|降低|约为|约|接近|为|在|有|拥有|具有|建有|培育|新增|占比|完成|实现)+$"
)
_AT_LEAST = re.compile(r"不少于|不低于|至少|最少|达到|达")
_MORE = re.compile(r"超过|突破|高于|大于|多于")
_AT_MOST = re.compile(r"不超过|不高于|不多于|最多|最高|控制在")
_LESS = re.compile(r"(?<!不)(?:低于|小于|少于)")
_APPROX = re.compile(r"约|接近|左右")


@dataclass(frozen=True, slots=True)
class _Scope:
    clause: Clause
    target: bool
    threshold: bool
    past: bool


def find(roots: tuple[Clause, ...], folded: str, source: str) -> tuple[tuple[Quantity, ...], tuple[Quantity, ...]]:
    """Return (targets, thresholds) of these clauses in reading order.

    A figure is a target under a heading that says 目标, or in a sentence that names a year to come to (到2025年),
    unless it tells of what has been (截至2022年底) or of money given out (奖励20万元); a threshold under a heading that
    says 标准, 条件, 认定. Anything else is only a number in a text.
    """
    targets: list[Quantity] = []
    thresholds: list[Quantity] = []
    for scope in _scopes(roots):
        for found, dated in _in_clause(scope, folded, source):
            if scope.threshold:
                thresholds.append(found)
            elif scope.target or dated:
                targets.append(found)
    return tuple(targets), tuple(thresholds)


def _scopes(roots: tuple[Clause, ...]) -> Iterator[_Scope]:
    stack = [(root, False, False, False) for root in reversed(roots)]
    while stack:
        clause, target, threshold, past = stack.pop()
        target = target or bool(_TARGET_HEADING.search(clause.heading))
        threshold = threshold or bool(_THRESHOLD_HEADING.search(clause.heading) and not target)
        past = past or bool(_PAST_HEADING.search(clause.heading) and not target)
        yield _Scope(clause, target, threshold, past)
        stack.extend((child, target, threshold, past) for child in reversed(clause.children))


def _in_clause(scope: _Scope, folded: str, source: str) -> Iterator[tuple[Quantity, bool]]:
    for sentence in _SENTENCE.finditer(folded, scope.clause.start, scope.clause.end):
        if not any(char.isdigit() for char in sentence.group()) and not scope.threshold:
            continue
        if not scope.threshold and (scope.past or _PAST.search(sentence.group())):
            continue
        dated = bool(_YEAR.search(sentence.group()) and _TO_COME.search(sentence.group()))
        dated = dated and not _GRANT.search(sentence.group())
        for match in _numbers(folded, sentence.start(), sentence.end(), chinese=scope.threshold):
            yield _quantity(scope.clause, folded, source, sentence, match), dated


def _numbers(folded: str, start: int, end: int, *, chinese: bool) -> list[re.Match[str]]:
    found = list(_NUMBER.finditer(folded, start, end))
    if chinese:
        for match in _CHINESE.finditer(folded, start, end):
            before = folded[max(start, match.start() - 8) : match.start()]
            if re.search(r"不少于|不低于|至少|超过|达到|拥有", before) and (
                match.group("after") or "至少" in before or "不" in before
            ):
                found.append(match)
    return sorted(found, key=lambda match: match.start())


def _quantity(clause: Clause, folded: str, source: str, sentence: re.Match[str], match: re.Match[str]) -> Quantity:
    begin = _phrase_start(folded, sentence.start(), match.start())
    before = folded[begin : match.start()]
    subject = _subject(folded, source, begin, match, sentence.end())
    start = sentence.start() + len(sentence.group()) - len(sentence.group().lstrip(" "))
    end = start + len(sentence.group().strip(" "))
    level = _LEVEL.findall(subject) or _LEVEL.findall(before)
    values = [match.group("low"), match.group("high")]
    return Quantity(
        subject=subject,
        level=level[-1] if level else "",
        comparator=_comparator(before, match),
        values=tuple(_decimal(value) for value in values if value),
        unit=match.group("unit"),
        year=_year(folded[sentence.start() : match.start()]),
        soft="原则上" in folded[sentence.start() : match.start()],
        clause=clause.id,
        text=source[start:end],
        start=start,
        end=end,
    )


def _phrase_start(folded: str, floor: int, at: int) -> int:
    """Return where the phrase of the figure begins: behind the last comma outside brackets."""
    depth = 0
    for i in range(at - 1, max(floor, at - 200) - 1, -1):
        char = folded[i]
        depth += (char in ")]") - (char in "([")
        if depth <= 0 and char in ",;。:\n":
            return i + 1
    return floor


def _subject(folded: str, source: str, begin: int, match: re.Match[str], stop: int) -> str:
    text = folded[begin : match.start()]
    back = _STRIP_BACK.search(text)
    has = bool(back and re.search(r"有$|培育$|新增$", back.group()))
    body = text[: back.start()] if back else text
    front = _STRIP_FRONT.match(body)
    offset = front.end() if front else 0
    if body[offset:] and not has and not re.search(rf"(?:{_ACTION})$", body):
        return "".join(source[begin + offset : begin + len(body)].split())
    following = re.compile(r"[^,;。!?:\n]{1,40}").match(folded, match.end(), min(stop, match.end() + 40))
    if following:
        return "".join(source[following.start() : following.end()].split())
    return "".join(source[begin + offset : begin + len(body)].split())


def _comparator(before: str, match: re.Match[str]) -> Comparator:
    after = match.group("after") or ""
    near = before[-10:]
    if match.group("high"):
        return Comparator.RANGE
    if "上" in after and after != "上下":
        return Comparator.AT_LEAST
    if after in ("以下", "及以下", "以内", "之内"):
        return Comparator.AT_MOST
    if after or _APPROX.search(near[-2:]):
        return Comparator.APPROX
    for pattern, result in (
        (_AT_MOST, Comparator.AT_MOST),
        (_AT_LEAST, Comparator.AT_LEAST),
        (_MORE, Comparator.MORE),
        (_LESS, Comparator.LESS),
    ):
        if pattern.search(near):
            return result
    return Comparator.EQUAL


def _decimal(text: str) -> Decimal:
    if text[0].isdigit():
        return Decimal(text.replace(",", ""))
    return Decimal(value_of(text) or 0)


def _year(before: str) -> int | None:
    years = _YEAR.findall(before)
    return int(years[-1]) if years else None
