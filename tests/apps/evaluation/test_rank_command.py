"""`spectown rank` on tables as people have them: what it answers, what it refuses and why."""

import json
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.management import call_command

TABLE = [
    ["镇", "产值(亿元)", "龙头企业", "税收", "类别"],
    ["振东镇", 120.5, 3, "5,000", "制造"],
    ["八义镇", 80, 2, "3200", "农业"],
    [None, None, None, None, None],
    ["荫城镇", 60, "未报", "1,800.5", "农业"],
    ["石哲镇", "15", 1, "12%", "制造"],
]
SCHEME = """
name: 测试方案
group: 类别
children:
  - {code: 产值(亿元), weight: 60, log: true}
  - {code: 龙头企业, weight: 40}
robustness: {draws: 200, seed: 5, top: 1, bottom: 1}
"""

CERTIFIED = """镇,产值(亿元),龙头企业,税收,类别
石哲镇,130,9,1,制造
振东镇,120.5,3,1,制造
荫城镇,60,1,1,农业
八义镇,80,2,1,农业
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The table as a workbook."""
    book = openpyxl.Workbook()
    for row in TABLE:
        book.active.append(row)
    book.save(tmp_path / "数据.xlsx")
    return tmp_path / "数据.xlsx"


@pytest.fixture
def scheme(tmp_path: Path) -> Path:
    """The scheme as a file."""
    path = tmp_path / "方案.yaml"
    path.write_text(SCHEME, encoding="utf-8")
    return path


def rank(*arguments: Any, **options: Any) -> tuple[int, str, str]:
    """Exit code, what was printed, what was complained of."""
    out, err = StringIO(), StringIO()
    try:
        call_command("rank", *map(str, arguments), stdout=out, stderr=err, **options)
    except SystemExit as end:
        return int(str(end.code)), out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def test_json(data: Path, scheme: Path) -> None:
    code, out, _err = rank(data, scheme=scheme, json=True)
    told = json.loads(out)
    assert code == (1 if told["remarks"] else 0)
    assert told["method"]["draws"] == 200
    assert [(g["name"], [row["name"] for row in g["rows"]]) for g in told["groups"]] == [
        ("制造", ["振东镇", "石哲镇"]), ("农业", ["八义镇", "荫城镇"]),
    ]  # fmt: skip
    first = told["groups"][0]["rows"][0]
    assert (first["score"], first["rank"], first["rank_low"], first["rank_high"]) == (100.0, 1, 1, 1)
    assert (first["p_top"], first["p_bottom"], first["coverage"]) == (1.0, 0.0, 1.0)
    assert [part["raw"] for part in first["breakdown"]] == [120.5, 3.0]
    assert told["groups"][1]["rows"][1]["breakdown"][1] == {
        "code": "龙头企业",
        "value": None,
        "weight": 0.4,
        "raw": None,
    }
    assert set(told["sensitivity"][0]) == {"group", "weights", "variance", "without"}


def test_without_a_scheme_all_figures_count_the_same(data: Path) -> None:
    _code, out, _err = rank(data, json=True, draws=50, seed=3)
    told = json.loads(out)
    assert told["method"]["indicators"] == ["产值(亿元)", "龙头企业", "税收"]
    assert (told["method"]["draws"], told["method"]["seed"]) == (50, 3)
    raws = {row["name"]: row["breakdown"][2]["raw"] for row in told["groups"][0]["rows"]}
    assert raws == {"振东镇": 5000.0, "八义镇": 3200.0, "荫城镇": 1800.5, "石哲镇": 0.12}


def test_the_same_seed_the_same_answer(data: Path, scheme: Path) -> None:
    assert rank(data, scheme=scheme, json=True) == rank(data, scheme=scheme, json=True)
    assert rank(data, scheme=scheme, json=True, seed=6)[1] != rank(data, scheme=scheme, json=True)[1]


def test_text_and_workbook(data: Path, scheme: Path, tmp_path: Path) -> None:
    code, out, _err = rank(data, scheme=scheme, xlsx=tmp_path / "结果.xlsx")
    assert code in {0, 1}
    assert "【制造】" in out
    assert "1\t振东镇\t100.00\t1–1\t100%\t0%\t100%" in out
    book = openpyxl.load_workbook(BytesIO((tmp_path / "结果.xlsx").read_bytes()))
    assert book.sheetnames == ["制造名次", "农业名次", "制造分项", "农业分项", "稳健性", "方案体检"]
    cells = {cell for row in book["制造名次"].iter_rows(values_only=True) for cell in row}
    assert {"振东镇", "石哲镇", 100, "1–1"} <= cells


def test_certified_figures(data: Path, scheme: Path, tmp_path: Path) -> None:
    other = tmp_path / "认定.csv"
    other.write_text(CERTIFIED, encoding="utf-8")
    _code, out, _err = rank(data, scheme=scheme, certified=other, json=True, draws=410)
    rows = {row["name"]: row for group in json.loads(out)["groups"] for row in group["rows"]}
    assert (rows["振东镇"]["rank_low"], rows["振东镇"]["rank_high"]) == (1, 2)
    assert rows["振东镇"]["noise"] == ["top", "bottom"]
    other.write_text("镇,产值(亿元)\n振东镇,1\n", "utf-8")
    code, out, _err = rank(data, scheme=scheme, certified=other, json=True)
    assert (code, "名称不一致" in json.loads(out)["error"]) == (2, True)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("镇,产值\n甲,1\n甲,2\n", "名称“甲”重复"),
        ("镇,产值,产值\n甲,1,2\n", "列名“产值”重复"),
        ("镇,,产值\n甲,1,2\n", "第 2 列没有列名"),
        ("镇,产值\n,5\n", "第 2 行没有名称"),
        ("镇,产值\n", "至少要有"),
        ("镇,产值\n甲,很多\n", "没有任何指标"),
        ("镇,产值,税收\n甲,1,2\n乙,约八亿,3\n丙,5,4\n", "列“产值”中第 3 行“约八亿”不是数"),
        ("", "文件是空的"),
    ],
)
def test_tables_that_cannot_be_read(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "表.csv"
    path.write_text(text, encoding="utf-8")
    code, out, _err = rank(path, json=True)
    assert code == 2
    assert said in json.loads(out)["error"]


def test_files_that_are_not_there_or_no_scheme(data: Path, tmp_path: Path) -> None:
    assert "无.xlsx(没有这个文件)" in rank(tmp_path / "无.xlsx")[2]
    assert "(这是文件夹,不是文件)" in rank(data, scheme=tmp_path)[2]
    (tmp_path / "坏.yaml").write_text("name: x\nchildren: [", "utf-8")
    assert "坏.yaml 第 2 行第 12 列写法不对" in rank(data, scheme=tmp_path / "坏.yaml")[2]
    (tmp_path / "码.yaml").write_bytes("name: 方案".encode("gbk"))
    assert "码.yaml 不是 UTF-8 编码" in rank(data, scheme=tmp_path / "码.yaml")[2]
    (tmp_path / "数.csv").write_text("镇,产值,税收\n甲,1,2\n乙,约八亿,3\n", "utf-8")
    (tmp_path / "数.yaml").write_text("children: [{code: 产值}]", "utf-8")
    assert "列“产值”中第 3 行“约八亿”不是数" in rank(tmp_path / "数.csv", scheme=tmp_path / "数.yaml")[2]
    (tmp_path / "列.yaml").write_text("- 1\n", "utf-8")
    assert "最外层" in rank(data, scheme=tmp_path / "列.yaml")[2]
    code, _out, said = rank(data, xlsx=tmp_path / "无" / "结果.xlsx")
    assert (code, f"文件夹 {tmp_path / '无'} 不存在" in said) == (2, True)
    assert rank(data, draws=0)[0] == 2
    assert rank(data, seed=-1)[0] == 2
