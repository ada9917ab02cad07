"""`spectown render`: exit codes, every faulty fact named, the file written with what it lacks; no database."""

import json
from io import BytesIO, StringIO
from pathlib import Path

import docx
import pypdf
import pytest
from django.core.management import call_command

from spectown.plans.management.commands.render import DEFAULT_PLAN, Command

NUMBER = {"serial": "长专镇办督〔2026〕3号"}


def run(*args):
    out = StringIO()
    code = 0
    try:
        call_command(Command(stdout=out, stderr=out), *map(str, args))
    except SystemExit as leave:
        code = leave.code
    return code, out.getvalue()


def facts_of(kind):
    return json.loads(run("--sample", kind)[1])


@pytest.fixture
def facts_file(tmp_path):
    def write(content):
        path = tmp_path / "facts.json"
        path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        return path

    return write


@pytest.mark.parametrize("name", ["supervision_notice", "督办通知书"])
def test_word(facts_file, tmp_path, name):
    out = tmp_path / "a.docx"
    code, text = run(name, facts_file(facts_of(name) | NUMBER), "-o", out)
    assert code == 0, text
    assert "仿宋_GB2312" in text
    found = "".join(p.text for p in docx.Document(out).paragraphs)
    assert "长专镇办督〔2026〕3号" in found


def test_pdf_lacking_its_number_is_written_and_says_so(facts_file, tmp_path):
    out = tmp_path / "a.pdf"
    code, text = run("supervision_notice", facts_file(facts_of("supervision_notice")), "-o", out)
    assert code == 1
    assert "还缺 1 项" in text
    assert "发文字号:没有编号。" in text
    assert "督办通知" in pypdf.PdfReader(out).pages[0].extract_text()


def test_json_report(facts_file, tmp_path):
    out = tmp_path / "a.pdf"
    code, text = run("supervision_notice", facts_file(facts_of("supervision_notice") | NUMBER), "-o", out, "--json")
    found = json.loads(text)
    assert (code, found["lacks"], found["file"]) == (0, [], str(out))
    assert set(found["fonts"]) >= {"仿宋", "小标宋"}


def test_every_faulty_fact_is_named_and_nothing_is_written(facts_file, tmp_path):
    out = tmp_path / "a.docx"
    facts = facts_of("supervision_notice") | {"plan_due": "明天", "x": 1}
    del facts["town"]
    code, text = run("supervision_notice", facts_file(facts), "-o", out)
    assert code == 2
    assert "有 3 处问题" in text
    assert all(name in text for name in ("plan_due", "“x”", "town:缺少“专业镇”,"))
    assert not out.exists()
    code, text = run("supervision_notice", facts_file(facts), "-o", out, "--json")
    assert {fault["place"] for fault in json.loads(text)["faults"]} == {"plan_due", "x", "town"}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"[]", "最外层应为对象"),
        (b'{"a": 1,}', "第 1 行"),
        (b'{"town": "a", "town": "b"}', "“town”出现了两次"),
        (b'{"town": NaN}', "NaN"),
        (b"\xff\xfe", "UTF-8"),
        (rb'{"town": "\ud800"}', "UTF-8"),
        (b"[" * 100_000, "嵌套过深"),
    ],
)
def test_unusable_json(facts_file, tmp_path, content, said):
    code, text = run("supervision_notice", facts_file(content), "-o", tmp_path / "a.docx")
    assert (code, said in text) == (2, True), text


@pytest.mark.parametrize("form", ["a.docx", "a.pdf"])
def test_a_character_that_no_document_can_hold(facts_file, tmp_path, form):
    facts = facts_of("supervision_notice") | {"town": "甲\u0001乙"}
    code, text = run("supervision_notice", facts_file(facts), "-o", tmp_path / form)
    assert code == 2
    assert "U+0001" in text


@pytest.mark.parametrize(
    "args",
    [
        ("nothing", "a.json", "-o", "a.docx"),
        ("supervision_notice", "a.json"),
        ("supervision_notice", "absent.json", "-o", "a.docx"),
        ("supervision_notice", "a.json", "-o", "a.odt"),
        ("--list", "--schema", "supervision_notice"),
        ("--list", "--plan", "absent"),
        (),
    ],
)
def test_wrong_calls(args):
    code, text = run(*args)
    assert code == 2
    assert text.strip()


def test_unwritable_output(facts_file, tmp_path):
    code, text = run("supervision_notice", facts_file(facts_of("supervision_notice")), "-o", tmp_path / "no" / "a.docx")
    assert code == 2
    assert "不能写入" in text


def test_list_and_schema():
    kinds = {path.stem for path in Path(DEFAULT_PLAN, "documents").glob("*.yaml")}
    code, text = run("--list", "--json")
    assert code == 0
    assert {row["kind"] for row in json.loads(text)} == kinds
    assert "supervision_notice  督办通知书" in run("--list")[1]
    assert json.loads(run("--schema", "supervision_notice")[1])["properties"]["town"]["title"] == "专业镇"


def test_facts_from_standard_input(monkeypatch, tmp_path):
    data = json.dumps(facts_of("supervision_notice") | NUMBER).encode()
    monkeypatch.setattr("sys.stdin", type("In", (), {"buffer": BytesIO(data)}))
    assert run("supervision_notice", "-", "-o", tmp_path / "a.docx")[0] == 0


@pytest.mark.parametrize("amount", [b"1e400", b"1" * 40, b"0.12345678901", b"-1e16"])
def test_figures_without_measure_are_faults(facts_file, tmp_path, amount):
    kind = (
        "kind: tiny\nlabel: 小样\nabout: 样\narea: 样\ntitle: 样\nbody: ['{{ output|money }}']\n"
        "facts: [{name: output, label: 产值, type: money}]\n"
    )
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "tiny.yaml").write_text(kind, "utf-8")
    path = facts_file(b'{"organs": ["a"], "output": %s}' % amount)
    code, text = run("tiny", path, "-o", tmp_path / "a.docx", "--plan", tmp_path)
    assert code == 2
    assert "output:“产值”应为以万元计的数字" in text
