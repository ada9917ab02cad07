"""What is wrong with a kind is told when it is read, not when somebody needs the document."""

from decimal import Decimal
from typing import Any

import pytest

from spectown.core.documentkinds.building import KindFault, build, kind_of
from spectown.core.documentkinds.facts import FactsFault
from spectown.core.documentkinds.figures import missing, ranked, total
from spectown.core.documentkinds.language import fill
from spectown.core.officialdoc.blocks import Align, Paragraph, Table

ROWS: dict[str, Any] = {
    "name": "towns",
    "label": "名单",
    "type": "rows",
    "of": [{"name": "town", "label": "专业镇"}, {"name": "sum", "label": "金额", "type": "money", "required": False}],
}
LIST: dict[str, Any] = {"name": "heads", "label": "栏目", "type": "list"}
CELLS: dict[str, Any] = {"name": "lines", "label": "清单", "type": "cells", "across": "heads"}


def kind(**parts: Any) -> dict[str, Any]:
    whole = {"kind": "tiny", "label": "小样", "about": "测试。", "area": "测试", "title": "标题", "body": ["正文。"]}
    return whole | {"facts": [ROWS, LIST, CELLS]} | parts


def table(**parts: Any) -> list[dict[str, Any]]:
    return [{"table": {"rows": "towns", "columns": [{"label": "镇", "text": "{{ row.town }}"}]} | parts}]


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ({"facts": [{"name": "item", "label": "项"}]}, "要素不能叫“item”"),
        ({"facts": [{"name": "keys", "label": "项"}]}, "要素不能叫“keys”"),
        ({"facts": [{"name": "model_x", "label": "项"}]}, "要素不能叫“model_x”"),
        ({"facts": [ROWS | {"of": [{"name": "items", "label": "项"}]}]}, "要素不能叫“items”"),
        ({"superior": True, "format": "信函"}, "信函格式没有签发人的位置"),
        ({"facts": [LIST, LIST]}, "要素“heads”定义了不止一次"),
        ({"facts": [LIST | {"type": "rows"}]}, "类型 rows 与 of 应同时有"),
        ({"facts": [ROWS, CELLS]}, "要素“lines”的 across 应为一个 list 要素的名称"),
        ({"title": "{{ twon }}"}, "“{{ twon }}”中的“twon”不是要素"),
        ({"title": "{{ on|dya }}"}, "No filter named 'dya'"),
        ({"title": "{{ on"}, "不能读"),
        ({"note": "{{ item }}"}, "“item”不是要素"),
        ({"recipients": ["{{ x }}"]}, "“x”不是要素"),
        ({"annexes": [{"title": "甲", "when": "y", "body": ["乙"]}]}, "“y”不是要素"),
        ({"annexes": [{"title": "甲", "body": ["{{ z }}"]}]}, "“z”不是要素"),
        ({"body": [{"when": "heads and w", "do": ["甲"]}]}, "“w”不是要素"),
        ({"body": [{"each": "on", "do": ["甲"]}]}, "“on”不是 list、rows 或 cells 要素"),
        ({"body": [{"each": "towns", "do": ["{{ item.twon }}"]}]}, "要素“towns”的行里没有“twon”"),
        ({"body": [{"each": "heads", "do": ["{{ item.town }}"]}]}, "要素“heads”的行里没有“town”"),
        ({"body": ["{{ towns|total('amount') }}"]}, "要素“towns”的行里没有“amount”"),
        ({"body": table(rows="twons")}, "“twons”不是 list、rows 或 cells 要素"),
        ({"body": table(columns=[{"label": "镇", "text": "{{ row.twon }}"}])}, "要素“towns”的行里没有“twon”"),
        ({"body": table(columns=[])}, "表“towns”应有 columns"),
        ({"body": table(total=["合计", ""])}, "合计行有 2 格,应有 1 格"),
        ({"body": table(rows="lines", columns=[], across="towns")}, "相同的 across"),
        ({"body": [{"grid": {"widths": [1], "rows": [["{{ q }}"]]}}]}, "“q”不是要素"),
        ({"body": [{"grid": {"widths": [1], "rows": [{"each": "towns", "cells": ["{{ row.q }}"]}]}}]}, "没有“q”"),
        ({"body": [{"chart": {"rows": "towns", "label": "town", "value": "v", "caption": "图"}}]}, "没有“v”"),
        (
            {"body": [{"chart": {"rows": "towns", "label": "town", "value": "sum", "caption": "图", "line": "cut"}}]},
            "没有名为“cut”的要素",
        ),
    ],
)
def test_faults_of_a_kind(parts: dict[str, Any], told: str) -> None:
    with pytest.raises(KindFault) as error:
        kind_of(kind(**parts), "tiny")
    assert told in str(error.value)


def test_columns_come_from_facts() -> None:
    whole = kind(body=[{"table": {"rows": "lines", "across": "heads", "unit": "单位:{{ heads[1] }}"}}])
    facts = {"organs": ["办"], "towns": [{"town": "甲"}], "heads": ["序号", "亩数", "说明"]}
    rows = [["1", "20", "种植面积以确权登记的为准,不含轮作地块"], ["2", None, "无"]]
    found = build(kind_of(whole, "tiny"), facts | {"lines": rows}).body[0]
    assert isinstance(found, Table)
    assert found.head == (("序号", "亩数", "说明"),)
    assert found.rows[1] == ("2", "", "无")
    assert found.aligns == (Align.CENTER, Align.CENTER, Align.LEFT)
    assert found.widths[2] > found.widths[1] == found.widths[0] == 3
    with pytest.raises(FactsFault) as error:
        build(kind_of(whole, "tiny"), facts | {"lines": [*rows, ["3"]]})
    assert [(f.place, str(f)) for f in error.value.faults] == [
        ("lines[2]", "“清单的第 3 行”有 1 格,应与“栏目”一样有 3 格。")
    ]
    with pytest.raises(FactsFault) as error:
        build(kind_of(whole, "tiny"), facts | {"lines": [[{}, "1", "2"]]})
    assert str(error.value.faults[0]).startswith("“清单的第 1 行的第 1 格”应为")


def test_rows_of_a_form_come_from_facts() -> None:
    grid = {"widths": [1, 2], "rows": [["序号", "镇"], {"each": "towns", "cells": ["{{ number }}", "{{ row.town }}"]}]}
    facts = {"organs": ["办"], "towns": [{"town": "甲"}, {"town": "乙"}], "heads": ["甲"], "lines": [["1"]]}
    found = build(kind_of(kind(body=[{"grid": grid}]), "tiny"), facts).body[0]
    assert isinstance(found, Table)
    texts = [[cell if isinstance(cell, str) else cell.text for cell in row] for row in found.rows]
    assert texts == [["序号", "镇"], ["1", "甲"], ["2", "乙"]]


def test_sums_say_what_they_leave_out() -> None:
    rows = [{"sum": Decimal("1.5")}, {"sum": None}, {"sum": "不适用"}, {"sum": 2}]
    assert total(rows, "sum") == Decimal("3.5")
    assert missing(rows, "sum") == 2
    assert total([], "sum") is None
    assert total([{"sum": None}], "sum") is None
    assert fill("{{ rows|total('sum')|capitals(10000) }}", {"rows": rows}) == "叁万伍仟元整"


def test_ranks_with_ties() -> None:
    rows = [{"rank": 1}, {"rank": 2}, {"rank": 2}, {"rank": None}, {"rank": "待核"}]
    assert [ranked(row["rank"], rows) for row in rows] == ["第1", "并列第2", "并列第2", "未排名", "待核"]


def test_a_size_of_a_paragraph() -> None:
    facts = {"organs": ["办"], "towns": [{"town": "甲"}], "heads": ["甲"], "lines": [["1"]]}
    body = build(kind_of(kind(body=[{"text": "大字", "size": 36, "indent": False}]), "tiny"), facts).body
    assert isinstance(body[0], Paragraph)
    assert body[0].size_pt == 36


def test_an_annex_for_each_text_of_a_list() -> None:
    named = kind(annexes=[{"each": "heads", "title": "{{ item }}"}])
    made = build(
        kind_of(named, "tiny"),
        {"organs": ["甲"], "towns": [{"town": "乙"}], "heads": ["表一", "表二"], "lines": [["1", "2"]]},
    )
    assert [annex.title for annex in made.attachments] == ["表一", "表二"]
    with pytest.raises(KindFault, match="each 应为一个 list 要素的名称"):
        kind_of(kind(annexes=[{"each": "towns", "title": "{{ item }}"}]), "tiny")


def test_a_remark_is_printed_full_width() -> None:
    made = build(kind_of(kind(facts=[]), "tiny"), {"organs": ["甲"], "remark": "联系人:张三,电话:1"})
    assert made.note == "联系人\uff1a张三\uff0c电话\uff1a1"
    kept = build(kind_of(kind(facts=[], note="联系人\uff1a李四"), "tiny"), {"organs": ["甲"], "remark": "印10份"})
    assert kept.note == "联系人\uff1a李四\uff1b印10份"  # a remark adds to what the kind says there
