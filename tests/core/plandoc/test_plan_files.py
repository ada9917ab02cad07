"""HTML, Word and PDF as offices make them: automatic numbers, merged cells, broken cells, radicals in PDF text."""

import io
import subprocess
import sys

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from spectown.core.plandoc import parse_bytes, parse_text

LISTED = """<html><body><h1>青山市促进文旅产业若干措施</h1><h2>一、重点任务</h2>
<ol><li>办好文化旅游节。（市文化和旅游局牵头，市商务局配合）</li><li>支持景区提档。<span>（责任单位：</span>市财政局）</li></ol>
<h2>二、保障措施</h2><ol start="3"><li>加强领导。</li></ol><ol><li>（一）自带编号。</li></ol>
<table><tr><th rowspan=2>序号</th><th rowspan=2>任务</th><th colspan=2>分工</th></tr>
<tr><th>牵头单位</th><th>配合单位</th></tr>
<tr><td>1</td><td>规划</td><td rowspan=2>市文化和旅游局</td><td>市自然资源局</td></tr>
<tr><td>2</td><td>项目</td><td>市发展改革委、市财政局<br>各县（市、区）人民政府<p>市水利局</p></td></tr>
<tr><td>3</td><td>宣传</td><td>市委宣传部</td><td>/</td></tr></table></body></html>"""


def sets(plan):
    return [(task.leads, task.participants, task.collective) for task in plan.tasks]


def test_html_lists_are_numbered_and_cells_read_apart():
    plan = parse_bytes(LISTED.encode())
    assert [clause.id for clause in plan.walk()] == ["一", "一1", "一2", "二", "二3", "二(一)"]
    assert sets(plan) == [
        (("市文化和旅游局",), ("市商务局",), ()),
        ((), ("市财政局",), ()),
        (("市文化和旅游局",), ("市自然资源局",), ()),
        (("市文化和旅游局",), ("市发展改革委", "市财政局", "市水利局"), ("各县（市、区）人民政府",)),
        (("市委宣传部",), (), ()),
    ]


def numbered_document():
    made = docx.Document()
    formats = [("chineseCountingThousand", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3．"), ("bullet", "·")]
    levels = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for i, (form, text) in enumerate(formats)
    )
    numbering = made.part.numbering_part.element
    numbering.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{levels}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    rows = [
        (None, "青山市促进竹产业发展实施方案"),
        (0, "总体要求"),
        (1, "指导思想。坚持绿色发展。"),
        (0, "重点任务"),
        (1, "建设基地"),
        (2, "改造竹林5万亩。（市林业局牵头，市财政局配合）"),
        (3, "要点说明"),
        (2, "修建竹道。（责任单位：市林业局）"),
        (1, "壮大企业。（市工信局）"),
    ]
    for level, text in rows:
        paragraph = made.add_paragraph(text)
        if level is not None:
            paragraph._p.get_or_add_pPr().append(
                parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="77"/></w:numPr>')
            )
    return made


def saved(made):
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def test_word_automatic_numbers_are_restored():
    plan = parse_bytes(saved(numbered_document()))
    assert [clause.id for clause in plan.walk()] == ["一", "一(一)", "二", "二(一)", "二(一)1", "二(一)2", "二(二)"]
    assert [task.clause for task in plan.tasks] == ["二(一)1", "二(一)2", "二(二)"]


def test_word_cells_merged_sideways_are_read_once():
    made = docx.Document()
    made.add_paragraph("青山市任务分工表")
    table = made.add_table(rows=3, cols=4)
    rows = [("序号", "任务", "责任单位", ""), ("1", "种苗", "市林业局", ""), ("2", "加工", "市工信局", "市科技局")]
    for i, row in enumerate(rows):
        for j, text in enumerate(row):
            table.cell(i, j).text = text
    merged = table.cell(0, 2).merge(table.cell(0, 3))
    merged.text = "责任单位"
    assert sets(parse_bytes(saved(made))) == [((), ("市林业局",), ()), ((), ("市工信局", "市科技局"), ())]


def test_radicals_of_pdf_text_are_read_as_characters():
    plan = parse_text("⻘⼭市⾏动方案\n⼀、重点任务\n1. 办节。（市⽂化和旅游局牵头，市⺠政局按职责分⼯负责）\n")
    assert [clause.id for clause in plan.walk()] == ["一", "一1"]
    assert sets(plan) == [(("市文化和旅游局",), ("市民政局",), ())]


def test_libraries_are_loaded_only_when_their_format_is_met():
    script = (
        "import sys; from spectown.core.plandoc import parse_bytes; parse_bytes('一、目标'.encode());"
        "print([name for name in ('docx', 'lxml', 'pypdf') if name in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, text=True).stdout.strip() == "[]"
