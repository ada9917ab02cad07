"""The leading group: lines 组长:张三 市长, and the rows below them until something else begins."""

from __future__ import annotations

import re
from dataclasses import dataclass

from spectown.core.plandoc.lines import Line
from spectown.core.plandoc.model import Member
from spectown.core.plandoc.numbering import read

_ROLE = re.compile(
    r"(?P<role>(?:第一|常务|执行)?(?:副[ ]*)?(?:总[ ]*)?(?:组[ ]*长|召[ ]*集[ ]*人|指[ ]*挥[ ]*长?|主[ ]*任(?:委员)?"
    r"|链[ ]*长|总[ ]*指[ ]*挥|政[ ]*委)"
    r"|成[ ]*员(?:[ ]*单[ ]*位)?|委[ ]*员|组[ ]*员|秘[ ]*书[ ]*长)[ ]*:[ ]*(?P<rest>.*)"
)
_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_NAME = re.compile(
    rf"(?P<name>[{_HAN}](?:[ ]{{1,4}}[{_HAN}]|[{_HAN}]{{1,3}}|[{_HAN}]{{0,6}}[·•][{_HAN}]{{1,8}}))"
    r"(?:[ ]+|[,:、(]+|$)(?P<post>.*)"
)
_SURNAMELESS = re.compile(r"^(?:附件|说明|备注|领导小组|办公室|联系|工作|主要|市[委政]|县[委政]|区[委政]|省[委政]|各)")
_OFFICE = re.compile(
    r"(?:第一|常务)?(?:代理|代)?(?:副)?(?:党组|党委|党工委|支部)?(?:成员|书记|市长|县长|区长|镇长|乡长|州长|省长|局长|主任(?:委员)?|部长|厅长|处长|科长|院长"
    r"|行长|台长|关长|所长|站长|队长|秘书长|主席|会长|理事长|董事长|总经理|经理|校长|社长|馆长|检察长|总工程师|总经济师|巡视员|调研员"
    r"|负责人|负责同志|分管领导|主要领导|支队长|大队长|政委|常委|委员|盟长|旗长|盟委书记|助理|专员|组长|师长)"
)
_TRAILING = re.compile(r"(?:常务)?(?:代理|代)?(?:副)?$")


@dataclass(frozen=True, slots=True)
class Roster:
    """The rows found, and the indices of the lines they fill."""

    members: tuple[Member, ...]
    lines: frozenset[int]


def find(source: str, lines: list[Line]) -> Roster:
    """Return every member with role, name, post and unit."""
    members: list[Member] = []
    used: set[int] = set()
    role = ""
    for i, line in enumerate(lines):
        match = _ROLE.match(line.text)
        if match and len(line.text) <= 200:
            role = "".join(match.group("role").split())
            rows = _rows(source, line.start + match.start("rest"), match.group("rest"), role)
        elif role:
            rows = [] if read(line.text) or len(line.text) > 80 else _rows(source, line.start, line.text, role)
        else:
            continue
        if rows:
            members.extend(rows)
            used.add(i)
        elif match is None or match.group("rest"):
            role = ""
        else:
            used.add(i)
    return Roster(tuple(members), frozenset(used))


def _rows(source: str, start: int, text: str, role: str) -> list[Member]:
    """Return the member of one row, or the several names of a row that lists names only."""
    names = [part for part in re.split(r"[、,]", text) if part.strip(" ")]
    if len(names) > 1 and all(re.fullmatch(rf"[ ]*[{_HAN}][ ]{{0,3}}[{_HAN}]{{1,2}}[ ]*", part) for part in names):
        return _names_only(source, start, text, role)
    match = _NAME.match(text)
    if not match or _SURNAMELESS.match(text):
        return []
    post = (
        " ".join(match.group("post").strip(" )").split())
        if match.group("post").count("(") < match.group("post").count(")")
        else " ".join(match.group("post").split())
    )
    if post and not _OFFICE.search(post):
        return []
    name = "".join(source[start : start + match.end("name")].split())
    return [Member(role, name, post, unit_of(post), start, start + len(text))]


def _names_only(source: str, start: int, text: str, role: str) -> list[Member]:
    found: list[Member] = []
    for match in re.finditer(r"[^、,]+", text):
        name = "".join(source[start + match.start() : start + match.end()].split())
        found.append(Member(role, name, "", "", start + match.start(), start + match.end()))
    return found


def unit_of(post: str) -> str:
    """Return the body of the first office in `post`: 市委组织部副部长、市委党建办主任 -> 市委组织部."""
    first = re.split(r"[、,;]| (?=\S)", post, maxsplit=1)[0]
    match = re.search(rf"{_OFFICE.pattern}(?:\([^()]*\))?$", first)
    if not match:
        return ""
    body = first[: match.start()]
    if match.group().startswith(("常委", "书记", "副书记")) and body[-1:] in "市县区省州" and body:
        return body + "委"
    if re.match(r"(?:常务)?(?:代理|代)?副?(?:市|县|区|省|州|镇|乡)长", match.group()) and body:
        return _place_of(body, match.group())
    return body


def _place_of(body: str, office: str) -> str:
    """Return 潞州区 for 潞州区区长, 潞州区代区长; 壶关县 for 壶关县县长."""
    return body if body[-1] in "市县区省州镇乡旗" else body + office[-2]
