"""The list of towns: numbered rows 名称(县区), at least two in a row, or a table with such columns."""

from __future__ import annotations

import re

from spectown.core.plandoc.lines import Line
from spectown.core.plandoc.model import Table, Town
from spectown.core.plandoc.numbering import Token, read

_KINDS = r"(?:专业镇|产业镇|特色镇|小镇|名镇|强镇|重点镇|中心镇|镇|产业集群|集群|产业园区?|园区|基地|示范区|集聚区)"
_ROW = re.compile(
    rf"(?P<name>[^()。;:]{{2,40}}?{_KINDS})"
    r"[ ]*\([ ]*(?P<county>[^()。;、]{1,16}[县区市旗州盟镇乡会])[ ]*\)[ ]*[;。,]?"
)
_NAME_COLUMN = re.compile(r"(?:专业镇|产业镇|特色镇|小镇|集群|园区).{0,4}(?:名称|名单)?$|^名称$")
_COUNTY_COLUMN = re.compile(
    r"(?:所属|所在|申报|推荐|属地)?(?:县|区|市|地区|县区|县\(市、区\)|县\(区\)|区县|县市区).{0,3}$"
)


def find(source: str, lines: list[Line], skip: frozenset[int]) -> tuple[list[Town], set[int]]:
    """Return the towns listed in lines, and the indices of those lines."""
    towns: list[Town] = []
    used: set[int] = set()
    run: list[tuple[int, Town]] = []
    for i, line in enumerate(lines):
        town = None if i in skip else _town(source, line)
        if town:
            run.append((i, town))
            continue
        if len(run) > 1:
            towns += [row for _, row in run]
            used |= {index for index, _ in run}
        run = []
    if len(run) > 1:
        towns += [row for _, row in run]
        used |= {index for index, _ in run}
    return towns, used


def _town(source: str, line: Line) -> Town | None:
    if len(line.text) > 70:
        return None
    token = read(line.text, line.start)
    begin = token.end - line.start if token else 0
    match = _ROW.fullmatch(line.text[begin:].strip(" ")) if line.text[begin:].strip(" ") else None
    if not match:
        return None
    base = line.start + begin + len(line.text[begin:]) - len(line.text[begin:].lstrip(" "))
    name = "".join(source[base : base + match.end("name")].split())
    county = "".join(source[base + match.start("county") : base + match.end("county")].split())
    return Town(_number(token), name, county, line.start, line.end)


def _number(token: Token | None) -> int | None:
    return token.value if token else None


def from_tables(tables: list[Table]) -> list[Town]:
    """Return the towns of tables that have a column of names and one of counties."""
    towns: list[Town] = []
    for table in tables:
        heads = table.rows[0] if table.rows else ()
        names = [i for i, head in enumerate(heads) if _NAME_COLUMN.search(head)]
        counties = [i for i, head in enumerate(heads) if _COUNTY_COLUMN.fullmatch(head)]
        if not names or not counties or "镇" not in table.title + "".join(heads):
            continue
        for row in table.rows[1:]:
            name, county = (
                row[names[0]] if names[0] < len(row) else "",
                row[counties[0]] if counties[0] < len(row) else "",
            )
            if name and county:
                number = int(row[0]) if row[0].isdigit() else None
                towns.append(Town(number, name, county, table.start, table.end))
    return towns
