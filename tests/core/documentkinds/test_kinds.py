"""Kinds of documents as data: every kind of the plan is built from its samples; faults name fact and place."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from spectown.core.documentkinds.building import KindFault, build, kind_of
from spectown.core.documentkinds.charts import Bar, bars
from spectown.core.documentkinds.common import sample
from spectown.core.documentkinds.facts import FactsFault, schema
from spectown.core.documentkinds.language import LanguageFault, fill, holds, money
from spectown.core.officialdoc.blocks import Heading, Paragraph, Table
from spectown.core.officialdoc.check import check

FOLDER = Path("plans/changzhi-2023/documents")
KINDS = {path.stem: kind_of(yaml.safe_load(path.read_text("utf-8")), path.stem) for path in FOLDER.glob("*.yaml")}
TINY: dict[str, Any] = {
    "kind": "tiny",
    "label": "小样",
    "about": "测试。",
    "area": "测试",
    "facts": [
        {"name": "town", "label": "专业镇"},
        {"name": "output", "label": "产值", "type": "money", "required": False},
        {
            "name": "lines",
            "label": "明细",
            "type": "rows",
            "of": [{"name": "what", "label": "事项"}, {"name": "day", "label": "日期", "type": "date"}],
        },
    ],
    "title": "关于{{ town }}的通知",
    "body": [
        {"heading": 1, "text": "情况"},
        "产值{{ output|money }}。",
        {"when": "output", "do": ["已报。"], "other": ["请补报。"]},
        {"each": "lines", "do": ["{{ number }}.{{ item.what }},{{ item.day|day }}前。"]},
        {
            "table": {
                "rows": "lines",
                "columns": [{"label": "事项", "text": "{{ row.what }}"}, {"label": "日期", "text": "{{ row.day }}"}],
                "total": ["合计", "{{ lines|length }}"],
            }
        },
    ],
}
FACTS: dict[str, Any] = {
    "organs": ["办公室"],
    "town": "沁州黄小米专业镇",
    "lines": [{"what": "开工", "day": "2026-12-01"}],
}


@pytest.mark.parametrize("name", sorted(KINDS))
def test_every_kind_is_built_from_its_samples(name: str) -> None:
    kind = KINDS[name]
    assert kind.kind == name
    document = build(kind, {"serial": "长专镇办〔2026〕3号"} | sample(kind))
    assert [str(reason) for reason in check(document)] == []
    assert all(schema(kind)["properties"][fact.name]["title"] == fact.label for fact in kind.facts)


def test_blocks_take_their_facts() -> None:
    body = build(kind_of(TINY, "tiny"), FACTS).body
    assert body[0] == Heading(1, "情况", 1)
    texts = [block.text for block in body if isinstance(block, Paragraph)]
    assert texts == ["产值未报。", "请补报。", "1.开工,2026年12月1日前。".replace(",", "\uff0c")]
    assert isinstance(body[-1], Table)
    assert body[-1].rows == (("开工", "2026年12月1日"), ("合计", "1"))


def test_figures_are_four_valued() -> None:
    kind = kind_of(TINY, "tiny")
    assert build(kind, FACTS | {"output": 0}).body[1].text == "产值0万元。"  # type: ignore[union-attr]  # a paragraph
    assert build(kind, FACTS | {"output": "123456.7"}).body[1].text == "产值12.35亿元。"  # type: ignore[union-attr]


def test_every_fault_names_its_fact() -> None:
    given = {"organs": ["办公室"], "lines": [{"what": "开工", "day": "明天"}, {"day": "2026-01-01"}], "x": 1}
    with pytest.raises(FactsFault) as error:
        build(kind_of(TINY, "tiny"), given)
    assert {fault.place: str(fault) for fault in error.value.faults} == {
        "town": "缺少“专业镇”,请补上。",
        "lines[0].day": "“明细的第 1 行的日期”应为日期,如 2026-11-26,现为“明天”。",
        "lines[1].what": "缺少“明细的第 2 行的事项”,请补上。",
        "x": "“x”不是小样的要素,请删去或改正名称。",
    }


def test_a_faulty_kind_is_told() -> None:
    with pytest.raises(KindFault, match="bodies"):
        kind_of(TINY | {"bodies": []}, "tiny")
    with pytest.raises(KindFault, match="nothing"):
        kind_of(TINY | {"title": "{{ nothing }}"}, "tiny")


@pytest.mark.parametrize(
    ("text", "facts", "expected"),
    [
        ("{{ d }}起", {"d": date(2026, 3, 5)}, "2026年3月5日起"),
        ("{{ d|month }}", {"d": date(2026, 3, 5)}, "2026年3月"),
        ("{{ n|names }}", {"n": ["甲县", "乙县"]}, "甲县、乙县"),
        ("{{ n|capitals }}", {"n": Decimal("1280.50")}, "壹仟贰佰捌拾元伍角"),
        ("第{{ n|numeral }}批", {"n": 3}, "第三批"),
        ("{{ n|percent }}", {"n": Decimal("12.50")}, "12.5%"),
        ("{{ n|percent }}", {"n": None}, "未报"),
        ("{{ n }}{{ m }}", {"n": None, "m": True}, "未报是"),
        ("{{ n|blank }}", {"n": None}, ""),
        ("{{ t }}", {"t": "{{ 7*7 }}<b>#x$"}, "{{ 7*7 }}<b>#x$"),
    ],
)
def test_texts(text: str, facts: dict[str, Any], expected: str) -> None:
    assert fill(text, facts) == expected


def test_texts_reach_nothing_outside() -> None:
    with pytest.raises(LanguageFault):
        fill("{{ ''.__class__.__mro__ }}", {})
    with pytest.raises(LanguageFault):
        holds("x > 1", {})


def test_money() -> None:
    assert [money(v) for v in (None, 0, Decimal("980.50"), 10_000, Decimal("-12345"))] == [
        "未报",
        "0万元",
        "980.5万元",
        "1亿元",
        "-1.23亿元",
    ]


def test_chart_says_what_is_missing() -> None:
    drawn = bars([Bar("甲<镇>", Decimal(10), Decimal(8), Decimal(12)), Bar("乙", None)], "分", Decimal(9))
    assert "甲&lt;镇&gt;" in drawn
    assert "10分" in drawn
    assert "未报" in drawn
    assert "未评分" in bars([Bar("乙", None)], absent="未评分")
    assert bars([]).startswith("<svg")


def test_the_marked_line_does_not_run_through_a_value() -> None:
    drawn = bars([Bar("甲", Decimal(100)), Bar("乙", Decimal(58))], "分", Decimal(65))
    line = float(re.findall(r'<path d="M([\d.]+) 0V', drawn)[0])
    assert float(re.findall(r'<text x="([\d.]+)"[^>]*>58分', drawn)[0]) > line
    assert float(re.findall(r'<text x="([\d.]+)"[^>]*>100分', drawn)[0]) > line
