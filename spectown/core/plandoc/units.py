"""Unit names found by their form: suffixes, level words, alias brackets; lists of them taken apart.

No list of units or places: a unit is a short noun phrase that ends in a word such as 局, 委, 办, 中心, 支行.
"""

from __future__ import annotations

import re

HAN = "\u3400-\u4dbf\u4e00-\u9fff〇"
# Suffixes that alone prove a unit.
_STRONG = (
    "局|委|办|厅|政府|管委会|委员会|办公室|办事处|支行|分行|银行|海关|集团|公司|分局|总局|联合会|工商联|总工会"
    "|残联|妇联|文联|科协|侨联|社科联|贸促会|协会|学会|商会|红十字会|供销社|供销联社|检察院|法院|支队|总队|大队"
    "|宣传部|组织部|统战部|政法委|团委|监管组|党校|行政学院|公署|行署|军分区|武装部|指挥部|领导小组|专班|广播电视台"
    "|广电台|融媒体中心|服务中心|党工委|公安处|管理处|事务处|事务所|监管所"
)
# Suffixes that prove a unit together with a level word in front, or beside a strong one in the same list.
_WEAK = (
    "部|署|司|处|科|室|院|校|所|站|队|中心|大学|学院|学校|社|台|馆|街道|镇|乡|县|区|市|州|旗|盟|开发区|新区|园区"
    "|联盟|小组|组|气象|消防|税务|电力|供电|铁塔|移动|联通|电信|邮政|烟草|石油|人行|医院|电厂|水厂|直属库|总站|林场|水务|机场|港|基地|电网"
    "|联社|企业|机构|工会|总会|分会|促进会|基金|银保监|单位|部门|经开|高新|师|兵团|会"
)
LEVEL = "省市县区州盟旗镇乡团国中"
_ALIAS = r"(?:\([^()]*\)|\[[^\[\]]*\])?"
STRONG = re.compile(rf"(?:{_STRONG}){_ALIAS}$")
WEAK = re.compile(rf"(?:{_STRONG}|{_WEAK}){_ALIAS}$")
# Ministries and the divisions within an office: 商务部, 海关总署, 规划处; not 东部, 实验室.
_DIVISION = re.compile(rf"..(?:(?<![东西南北中内外头腹总全局])部|署|司|处|科|机关党委|机关){_ALIAS}$")
_LEVELLED = re.compile(rf"(?:[{LEVEL}]|驻|人行|国家|中国|自治)")
_PROSE = re.compile(
    r"[。;:!?“”\"'<>《》=%]|的|将|须|应当|要加|加强|推动|建立|开展|制定|完善|提升|^含|^包括|以下|鼓励|按照|围绕|力争|确保|争取|支持|打造"
    r"|年底前|月底前|主任|局长|书记|市长|县长|领导(?!小组)|同志"
)
_COLLECTIVE = re.compile(
    r"各|有关|相关|其[他它]|成员单位|责任单位|牵头单位|配合单位|市直(?:部门|单位|机关)|省直(?:部门|单位|机关)"
    r"|[县区]直(?:部门|单位|机关)|市级(?:部门|单位)|省级(?:部门|单位)|[县区]级(?:部门|单位)|属地|所在地|辖区|^全[省市县区]"
)
_PLACE_WORD = (
    r"(?:(?:国家|省|地|市|县|区|镇|乡)级(?:及?以上)?)?(?:省|市|县|区|州|旗|盟|乡|镇|街道|开发区|高新区|经开区|园区|功能区|办事处"
    r"|地区|地方|基层|村|社区|自治区|自治州|自治县|直辖市|地)"
)
_PLACES = re.compile(
    rf"(?:{_PLACE_WORD}(?:\((?:{_PLACE_WORD}|管委会|[、,和])+\))?[、和]?)+(?:级)?(?:人民)?(?:政府|管委会|党委)?"
    r"(?:\((?:管委会|园区|开发区|[、,])+\))?(?:办事处|(?<=街道)办)?"
)
_BODY = re.compile(r"(?:政府|管委会|党委|党工委|公署|行署|办事处|街道办|部门|单位)$")
_BARE_BODY = re.compile(r"[省市县区州旗镇乡]?人民政府|政府|党委|行政公署|行署|管委会|办事处")
_SINGLE_PLACES = frozenset(
    place + body
    for place in ("省", "市", "县", "区", "州", "旗", "镇", "乡")
    for body in ("政府", "人民政府", "委", "党委")
)
_TAIL = re.compile(
    r"等?(?:国务院|中央|全国|上级)?(?:\d{1,3}|[一二三四五六七八九十]{1,3})?[个家]?(?:有关|相关|市直|省直|市级|省级|县直|区直|县级|区级|各|省|市|县|区)*"
    r"(?:部门和单位|部门\(单位\)|单位和部门|部门|单位|地区|机构|职能部门)?$"
)
_ETC = re.compile(
    r"等(?>国务院|中央|全国|上级)?+(?>\d{1,3}[个家])?+(?>(?:省|市|县|区)?(?:有关|相关)|市直|省直|市级|省级|县直|区直|县级|区级|职能)*+(?>部门\(单位\)|部门和单位|部门|单位|机构|地区)?+(?=.)"
)
_JOIN = re.compile(r"以及|及|和|与|并|、|,|;|/|\|")
_LEAD_IN = re.compile(
    r"^(?:(?:(?:此|该|本|这)项)?(?:工作|任务|事项|措施)?由|请|以及|及其|及|和|与|其中|包括|以|同|并由|并|再由|主要由|(?:以)?[:：])+"
)
_SPELL = re.compile(r"^[“\"'‘《<\-—·•*]+|[”\"'’》>。.:\-—·•*]+$")
_NONE = re.compile(r"^(?:/+|-+|—+|无|略|暂无|空)?$")


def is_strong(name: str) -> bool:
    """Whether the form of `name` alone proves it a unit."""
    return 2 <= len(name) <= 40 and bool(STRONG.search(name)) and not _PROSE.search(without_brackets(name))


def is_unit(name: str) -> bool:
    """Whether `name` has the form of a unit, a weak suffix sufficing when a level word stands in it."""
    if is_strong(name):
        return True
    plain = 2 <= len(name) <= 40 and WEAK.search(name) and not _PROSE.search(without_brackets(name))
    return bool(plain and _LEVELLED.search(name))


def is_division(name: str) -> bool:
    """Whether `name` may be a ministry or a division of an office (商务部, 规划处), which no level word shows."""
    return 3 <= len(name) <= 20 and bool(_DIVISION.search(name)) and not _PROSE.search(without_brackets(name))


def is_kind(name: str) -> bool:
    """Whether `name` says a kind of body, none in particular (协会, 银行)."""
    return bool(re.fullmatch(r"协会|商会|学会|银行|公司|集团|海关|法院|支行|分行|事务所|办公室|委员会|集团公司", name))


def is_business(name: str) -> bool:
    """Whether `name` is a firm or a society of no stated level; lists of examples name such as well."""
    return name[:1] not in ("省", "市", "县", "区") and bool(
        re.search(r"(?:公司|集团|银行|支行|分行|协会|商会|学会|事务所)(?:\([^()]*\))?$", name)
    )


def is_office(name: str) -> bool:
    """Whether `name` is a unit beyond doubt that names its level first (市科技局)."""
    return is_strong(name) and name[0] in LEVEL


def is_labelled_unit(name: str) -> bool:
    """Whether a label such as 责任单位: suffices to make `name` a unit (派出所, 综合执法队)."""
    return is_plausible(name) and len(name) <= 24 and bool(WEAK.search(name))


def is_collective(name: str) -> bool:
    """Whether `name` stands for many bodies at once (各县(区)政府, 市直有关部门, 属地政府)."""
    if name in _SINGLE_PLACES or len(name) > 60 or re.fullmatch(r"[省市县区]?(?:高新|经开|综保)区管委会", name):
        return False
    return bool(_COLLECTIVE.search(without_brackets(name)) or _PLACES.fullmatch(name))


def is_plausible(name: str) -> bool:
    """Whether `name` may be a unit when a keyword says that units stand here."""
    return (
        2 <= len(name) <= 40
        and not _PROSE.search(re.sub(r"^[^的各]{2,10}的(?=各)", "", without_brackets(name)))
        and bool(re.match(rf"[{HAN}A-Za-z\d\"“(]", name))
    )


def is_none(name: str) -> bool:
    """Whether a cell says that there is no unit (/, 无, empty)."""
    return bool(_NONE.match(name))


def depths(text: str) -> list[int]:
    """Return for every character how many brackets enclose it (the brackets themselves count as inside)."""
    found: list[int] = []
    level = 0
    for char in text:
        if char in "([":
            level += 1
        found.append(level)
        if char in ")]" and level:
            level -= 1
    return found


def split(text: str) -> list[tuple[int, int]]:
    """Return the ranges of the unit names listed in blank-free folded `text`, without 等部门, 由 and the like."""
    inside = depths(text)
    cuts: list[tuple[int, int]] = []
    begin = 0
    for match in _JOIN.finditer(text):
        start, end = match.span()
        if start < begin or inside[start]:
            continue
        if match.group() in "、,;/|" or _joins(text[begin:start], text[end:]):
            cuts.append((begin, start))
            begin = end
    cuts.append((begin, len(text)))
    ranges: list[tuple[int, int]] = []
    for start, end in _gathered(text, cuts):
        ranges.extend(_trim(text, start, end))
    return ranges


def _gathered(text: str, cuts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the pieces with collective names of several words whole (各省、自治区、直辖市人民政府; 各县党委、政府)."""
    whole: list[tuple[int, int]] = []
    for start, end in cuts:
        piece = text[start:end]
        if whole and end > start:
            before = text[slice(*whole[-1])]
            of_places = before[0:1] == "各" and bool(_PLACES.fullmatch(before[1:]))
            goes_on = of_places and not _BODY.search(before) and bool(_PLACES.fullmatch(piece))
            if goes_on or (before[0:1] == "各" and _BODY.search(before) and _BARE_BODY.fullmatch(piece)):
                whole[-1] = (whole[-1][0], end)
                continue
        whole.append((start, end))
    return whole


def _joins(left: str, right: str) -> bool:
    """Whether 和/及 between `left` and `right` separates two units (not 发展和改革委)."""
    if re.match(r"(?:单位|部门|机构|地区|企业|院校)(?:$|[、,和及])", right):
        return False
    bare = strip_tail(left)
    if bare != left and left.endswith(("部门", "单位", "等")):
        return True
    return bool(right) and (is_strong(bare) or is_collective(bare) or _ends_as_place(bare))


def _ends_as_place(name: str) -> bool:
    return len(name) >= 3 and bool(
        re.search(r"(?:开发区|高新区|经开区|新区|园区|管理区|示范区|中心|支队|学院|大学|医院)$", name)
    )


def strip_tail(name: str) -> str:
    """Return `name` without 等, 等部门, 等有关单位 at its end; a collective name keeps its noun."""
    if is_collective(name) and "等" not in name:
        return name
    at = name.rfind("等")
    if at > 0 and _TAIL.fullmatch(name[at:]):
        return name[:at]
    return name


def _trim(text: str, start: int, end: int) -> list[tuple[int, int]]:
    piece = text[start:end]
    middle = _ETC.search(piece)
    if middle and middle.start() > 1 and middle.end() < len(piece) and is_unit(piece[: middle.start()]):
        return _trim(text, start, start + middle.start()) + _trim(text, start + middle.end(), end)
    lead = _LEAD_IN.match(piece)
    if lead and lead.end() < len(piece):
        start += lead.end()
        piece = text[start:end]
    piece = strip_tail(piece)
    opening = _SPELL.match(piece)
    if opening and opening.end() < len(piece) and piece[0] not in "([":
        start += opening.end()
        piece = piece[opening.end() :]
    closing = _SPELL.search(piece)
    if closing and closing.start() > 0:
        piece = piece[: closing.start()]
    return [] if is_none(piece) else [(start, start + len(piece))]


def without_brackets(name: str) -> str:
    """Return `name` without its innermost brackets (aliases, remarks)."""
    return re.sub(r"\([^()]*\)|\[[^\[\]]*\]", "", name) if "(" in name or "[" in name else name
