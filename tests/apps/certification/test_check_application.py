"""`spectown check_application`: exit codes, JSON, template, faults; the database is never touched."""

import json
from io import BytesIO, StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from openpyxl import load_workbook

from spectown.certification.management.commands.check_application import Command
from tests.core.certification.conftest import PLAN, base, load_criteria

CRITERIA = load_criteria()


def run(*args):
    """Exit code and output."""
    out = StringIO()
    code = 0
    try:
        call_command(Command(stdout=out, stderr=out), *map(str, args))
    except SystemExit as leave:
        code = leave.code
    return code, out.getvalue()


@pytest.fixture
def json_file(tmp_path):
    def write(content):
        path = tmp_path / "application.json"
        path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        return path

    return write


def test_qualifies(json_file):
    code, text = run("--json-in", json_file(base("已判断", CRITERIA)), "--json")
    assert code == 0
    assert json.loads(text)["overall"] == "qualifies"


def test_not_yet_says_what_is_missing(json_file):
    code, text = run("--json-in", json_file({**base("已判断", CRITERIA), "chain_partners": 9}))
    assert code == 1
    assert "预审结论:尚不符合条件" in text
    assert "再补 1 户上下游配套企业" in text


def test_undetermined(json_file):
    code, text = run("--json-in", json_file({**base("已判断", CRITERIA), "category": "tourism"}), "--json")
    result = json.loads(text)
    assert (code, result["overall"]) == (1, "undetermined")
    assert list(result) == ["overall", "paths", "findings", "missing"]


def test_template_filled_and_checked(tmp_path):
    path = tmp_path / "t.xlsx"
    assert run("--template", path) == (0, f"空白模板已写入 {path}\n")
    code, text = run(path, "--json")
    assert code == 1
    assert json.loads(text)["overall"] == "undetermined"


def test_faults_and_marked_copy(tmp_path):
    path, marked = tmp_path / "t.xlsx", tmp_path / "marked.xlsx"
    run("--template", path)
    book = load_workbook(path)
    _, cell = next(iter(book.defined_names["in_output_wan"].destinations))
    book["申报书"][cell.replace("$", "")] = "约两千"
    book.save(path)
    code, text = run(path, "--json", "--marked", marked)
    answer = json.loads(text)
    assert code == 2
    assert answer["faults"][0]["value"] == "约两千"
    assert answer["faults"][0]["cell"] == cell.replace("$", "")
    assert "1 处需要更正" in answer["error"]
    assert "问题清单" in load_workbook(BytesIO(marked.read_bytes())).sheetnames
    code, text = run(path)
    assert code == 2
    assert "应为数字,现为“约两千”,请填写阿拉伯数字" in text


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "不是有效的 JSON"),
        (b"{", "第 1 行"),
        (b"\xff\xfe{}", "UTF-8"),
        (b"[]", "应为对象"),
        (b'{"output_wan": NaN}', "NaN"),
        (b'{"output_wan": Infinity}', "Infinity"),
        (b'{"output_wan": 1, "output_wan": 2}', "出现了两次"),
        (b"[" * 200000, "JSON"),
        (b'{"output_wan": 1e400}', "1 处需要更正"),
        (b'{"output_wan": true}', "1 处需要更正"),
        (b'{"output_wan": -1}', "1 处需要更正"),
        (b'{"output_wan": ' + b"9" * 6000 + b"}", "1 处需要更正"),
        (b'{"counties": [1]}', "1 处需要更正"),
    ],
)
def test_unusable_json(json_file, content, reason):
    code, text = run("--json-in", json_file(content), "--json")
    assert code == 2
    assert reason in json.loads(text)["error"]
    assert "faults" in json.loads(text)


def test_a_byte_order_mark_is_no_obstacle(json_file):
    assert run("--json-in", json_file(b'\xef\xbb\xbf{"output_wan": 1}'))[0] == 1


@pytest.mark.parametrize(
    "args",
    [
        (),
        ("nowhere.xlsx",),
        ("--json-in", "nowhere.json"),
        ("--template", "nowhere/t.xlsx"),
        ("a.xlsx", "--json-in", "b.json"),
        ("--template", "t.xlsx", "--plan", "nowhere"),
        (PLAN / "plan.txt",),
    ],
)
def test_unusable_input(args):
    code, text = run(*args, "--json")
    assert code == 2
    assert json.loads(text)["error"]


def test_broken_criteria_are_named(tmp_path, json_file):
    (tmp_path / "criteria.yaml").write_text("plan: x\ncriteria: []", encoding="utf-8")
    (tmp_path / "categories.yaml").write_text("categories: []", encoding="utf-8")
    code, text = run("--json-in", json_file({}), "--plan", tmp_path)
    assert code == 2
    assert "认定条件数据有误" in text


def test_the_day_decides_which_thresholds_hold(json_file):
    path = json_file({"category": "manufacturing", "output_wan": 1})
    assert "2023-03-30 没有有效的标准" in run("--json-in", path, "--date", "2023-03-30")[1]
    with pytest.raises(CommandError):
        run("--json-in", path, "--date", "昨天")
