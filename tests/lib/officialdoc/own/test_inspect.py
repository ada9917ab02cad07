"""What is wrong in a template, with paragraph and text; what is refused whole."""

from contextlib import suppress
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spectown.core.documentkinds.fields import Field, FieldFault, Marked, marked, understood
from spectown.lib.officialdoc.own.inspect import inspect_template
from spectown.lib.officialdoc.own.refusal import TemplateRefused
from tests.own_templates import KIND, exchanged, saved, template

W = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
GOOD = template("{{专业镇}}")


def stops(*paragraphs, **more):
    return [str(fault) for fault in inspect_template(template(*paragraphs, **more), KIND) if fault.stops]


@pytest.mark.parametrize(
    ("paragraph", "said"),
    [
        ("致{{专业真}}", "小样没有名为“专业真”的要素,是否为“专业镇”"),
        ("{{outputs}}", "是否为“output”"),
        ("{{专业镇", "字段没有结束"),
        ("专业镇}}", "多出了“}}”"),
        ("{{专业镇 {{产值}}", "字段没有结束"),
        ("{{整改要求}}", "“整改要求”是多行的要素,请写明其中一栏,如 {{整改要求.要求}}"),
        ("{{整改要求.时限}}", "“整改要求”没有名为“时限”的栏,是否为“期限”"),
        ("{{产值|大小}}", "没有名为“大小”的写法"),
        ("{{专业镇|金额}}", "“专业镇”不能按“金额”写出"),
        ("{{产值|金额|可空}}", "只能有一个“|”"),
        ("{{}}", "没有名为“”的要素"),
        ("{{ ''.__class__ }}", "没有名为"),
        ("{{ town.__class__ }}", "没有名为"),
        ("{{7*7}}", "没有名为“7*7”的要素"),
        ("{{专业\n镇}}", "中间不能换行"),
    ],
)
def test_faults_name_paragraph_and_text(paragraph, said):
    (fault,) = [f for f in inspect_template(template("{{专业镇}}", paragraph), KIND) if f.stops]
    assert said in str(fault)
    assert fault.paragraph == 2
    assert fault.text in paragraph


def test_a_field_over_two_paragraphs():
    found = stops("{{专业", "镇}}")
    assert ["字段没有结束" in found[0], "多出了" in found[1]] == [True, True]


def test_places_of_faults():
    assert stops("{{专业镇}}", header="{{没有}}") == ["页眉第 1 段“{{没有}}”:小样没有名为“没有”的要素。"]
    assert stops(rows=[["{{专业镇}}", "{{没有}}"]])[0].startswith("正文第 2 段“{{没有}}”")


def test_what_only_needs_to_be_known():
    notes = [f for f in inspect_template(template("{{产值}}"), KIND) if not f.stops]
    assert [str(note) for note in notes] == ["模板没有用到这些必填要素:专业镇。"]
    assert "没有一个字段" in stops("只有文字")[0]


def test_fonts():
    file = docx.Document()
    run = file.add_paragraph().add_run("{{专业镇}}123")
    run.font.name = "华康少女体"
    run._r.rPr.rFonts.set(docx.oxml.ns.qn("w:eastAsia"), "方正舒体")
    found = [str(f) for f in inspect_template(saved(file), KIND) if "字体" in f.message]
    assert len(found) == 2
    assert any("“方正舒体”" in text for text in found)
    assert all(text.startswith("正文第 1 段") for text in found)
    assert not [f for f in inspect_template(template("{{专业镇}}"), KIND) if "字体“仿宋_GB2312" in f.message]


def relation(kind, target, mode="External"):
    mark = f' TargetMode="{mode}"' if mode else ""
    made = f'<Relationship Id="rIdX" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"'
    return {
        "word/_rels/document.xml.rels": (
            b"</Relationships>",
            f'{made} Target="{target}"{mark}/></Relationships>'.encode(),
        )
    }


def body(xml):
    return {"word/document.xml": (b"<w:body>", b"<w:body>" + xml)}


def code(*parts):
    runs = b'<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    runs += b"".join(b"<w:r><w:instrText>%s</w:instrText></w:r>" % part for part in parts)
    return body(b"<w:p>%s<w:r><w:fldChar w:fldCharType='end'/></w:r></w:p>" % runs)


SETTINGS = {"word/settings.xml": (b"<w:zoom", b'<w:attachedTemplate w:val="x"/><w:zoom')}
VML = b'<w:p><w:r><w:pict><v:rect xmlns:v="urn:schemas-microsoft-com:vml"><v:imagedata src="http://a/b.png"/>'
HOSTILE = {
    "macro": {"word/vbaProject.bin": b"x"},
    "macro type": {"[Content_Types].xml": (b"document.main+xml", b"document.macroEnabled.main+xml")},
    "template type": {"[Content_Types].xml": (b"document.main+xml", b"template.main+xml")},
    "embedded": {"word/embeddings/oleObject1.bin": b"x"},
    "control": {"word/activeX/activeX1.xml": b"<a/>"},
    "other part": {"word/media/a.wmf": b"x"},
    "false picture": {"word/media/a.png": b"<svg/>"},
    "link": relation("hyperlink", "http://example.invalid/"),
    "remote picture": relation("image", "http://example.invalid/a.png"),
    "remote template": relation("attachedTemplate", "http://example.invalid/a.dotm"),
    "inner template": relation("attachedTemplate", "a.dotx", ""),
    "unc picture": relation("image", r"\\server\a.png", ""),
    "file picture": relation("image", "file:///etc/passwd", ""),
    "chunk": relation("aFChunk", "a.html", ""),
    "object": relation("oleObject", "a.bin", ""),
    "template in settings": SETTINGS,
    "object element": body(b"<w:p><w:r><w:object/></w:r></w:p>"),
    "dde": code(b" DDE Excel a b "),
    "dde in pieces": code(b" D", b"DEAUTO", b" c:\\cmd "),
    "include": code(b' INCLUDETEXT "c:\\a.txt" '),
    "picture field": code(b' INCLUDEPICTURE "http://a/b.png" '),
    "quote": code(b" QUOTE 68 "),
    "link field": code(b' HYPERLINK "http://a" '),
    "disguised link": code(b' HYPERLINK \\l "a" "http://a" '),
    "simple dde": body(b'<w:p><w:fldSimple w:instr="DDEAUTO c:\\cmd"/></w:p>'),
    "open field": body(b'<w:p><w:r><w:fldChar w:fldCharType="begin"/><w:instrText>PAGE</w:instrText></w:r></w:p>'),
    "nested": code(b"PAGE</w:instrText><w:fldChar w:fldCharType='begin'/><w:instrText>PAGE"),
    "vml": body(VML + b"</v:rect></w:pict></w:r></w:p>"),
    "dtd": {"word/document.xml": (b"<w:document", b'<!DOCTYPE a [<!ENTITY b "c">]><w:document')},
    "remote dtd": {"word/styles.xml": (b"<w:styles", b'<!DOCTYPE a SYSTEM "http://a/b"><w:styles')},
    "broken xml": {"word/document.xml": b"<w:document " + W + b"><w:body>"},
    "many elements": body(b"".join(b"<w:p/><!--%d-->" % n for n in range(500_001))),
    "many attributes": body(b"<w:p %s/>" % b" ".join(b"a%d=''" % n for n in range(1_000_001))),
    "deep": body(b"<w:p>" * 300 + b"</w:p>" * 300),
    "bomb": {"customXml/item1.xml": b"<a>" + b" " * 39_000_000 + b"</a>"},
    "too large": {"customXml/item1.xml": b"<a>" + b" " * 41_000_000 + b"</a>"},
    "utf-16": {"word/document.xml": "<?xml version='1.0' encoding='UTF-16'?><a/>".encode("utf-16")},
    "many parts": {f"customXml/item{n}.xml": b"<a/>" for n in range(301)},
    "double": {"WORD/document.xml": b"<a/>"},
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused(name):
    with pytest.raises(TemplateRefused) as error:
        inspect_template(exchanged(GOOD, HOSTILE[name]), KIND)
    assert str(error.value).endswith("。")


@pytest.mark.parametrize(
    "allowed", [b" PAGE  \\* MERGEFORMAT ", b" NUMPAGES ", b' HYPERLINK \\l "a" \\h ', b' TOC \\o "1-3" ']
)
def test_fields_that_only_look_inside_are_allowed(allowed):
    assert not [f for f in inspect_template(exchanged(GOOD, code(allowed)), KIND) if f.stops]


@pytest.mark.parametrize(
    "data", [b"", b"PK", b"hello", bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600), b"PK" + bytes(99)]
)
def test_what_is_no_docx(data):
    with pytest.raises(TemplateRefused):
        inspect_template(data, KIND)


def test_traces_of_editing():
    assert "修订痕迹" in str(inspect_template(exchanged(GOOD, body(b"<w:p><w:ins w:id='1'/></w:p>")), KIND)[0])


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_tampered_file_is_refused_or_read(data):
    """Never another exception than the refusal, whatever bytes are changed."""
    content = bytearray(GOOD)
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    with suppress(TemplateRefused):
        inspect_template(bytes(content), KIND)


@settings(max_examples=100, deadline=None)
@given(st.text("{}｛｝|.专业镇\n\t产值 a", max_size=40))
def test_any_braces_are_a_fault_or_a_field(text):
    for found in marked(text):
        if isinstance(found, Marked):
            with suppress(FieldFault):
                assert isinstance(understood(found, KIND), Field)


def test_the_good_file_is_a_zip():
    assert "word/document.xml" in ZipFile(BytesIO(GOOD)).namelist()
