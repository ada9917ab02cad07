"""Parses the XML of an uploaded .docx and refuses what could reach outside or run: links, objects, field codes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import Any

from lxml import etree

from spectown.lib.officialdoc.own.package import CONTENT_TYPES, RELATIONS, XML
from spectown.lib.officialdoc.own.refusal import TemplateRefused, damaged, holds

Tree = Any  # lxml's elements
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
MARKS, SIGNS = 1_000_000, (b"<", b"=")  # tags and attributes of the whole file
# Relationships of a document that stand for nothing outside it.
RELATIONSHIPS = {
    "officeDocument", "styles", "stylesWithEffects", "settings", "webSettings", "fontTable", "theme", "numbering",
    "header", "footer", "footnotes", "endnotes", "image", "core-properties", "extended-properties", "custom-properties",
    "customXml", "customXmlProps", "thumbnail", "glossaryDocument", "comments", "commentsExtended", "commentsIds",
    "commentsExtensible", "people", "hyperlink", "customXmlDataProps",
}  # fmt: skip
ELEMENTS_REFUSED = {
    "object": "嵌入的对象", "OLEObject": "嵌入的对象", "control": "嵌入的控件", "altChunk": "嵌入的其他文档",
    "subDoc": "链接的子文档", "attachedTemplate": "指向其他模板的链接", "mailMerge": "邮件合并的数据源",
    "entryMacro": "宏", "exitMacro": "宏", "script": "脚本", "movie": "链接的影片", "src": "外部数据源",
    "contentPart": "嵌入的墨迹",
}  # fmt: skip
LINKING = {"src", "href"}  # attributes by which drawings name a file; by r:id they go through the relationships
FIELDS = {  # Word's own fields that only look inside the document
    "PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "SEQ", "REF", "PAGEREF", "TOC", "STYLEREF", "NUMWORDS",
}  # fmt: skip
INNER_LINK = re.compile(r'\s*HYPERLINK\s+\\l\s+"[^"\\]*"(\s+\\h)?\s*', re.IGNORECASE)


def parse_parts(parts: dict[str, bytes]) -> dict[str, Tree]:
    """The XML parts as trees. Raises TemplateRefused for all that a template must not hold."""
    written = {name: content for name, content in parts.items() if name.lower().endswith(XML)}
    if sum(content.count(sign) for content in written.values() for sign in SIGNS) > MARKS:  # before it takes memory
        raise TemplateRefused("文档过大,已拒绝,模板应只含版式和字段。")
    trees = {name: _tree(content) for name, content in written.items()}
    _types(trees[CONTENT_TYPES])
    for name, tree in trees.items():
        if name.lower().endswith(RELATIONS):
            _relations(tree)
        else:
            _elements(tree)
            _codes(tree)
    return trees


def _tree(content: bytes) -> Tree:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        tree = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise damaged() from error
    info = tree.getroottree().docinfo
    if info.internalDTD is not None:
        raise holds("不安全的 XML 声明")
    if (info.encoding or "UTF-8").upper() not in ("UTF-8", "US-ASCII", "ASCII"):
        raise TemplateRefused("文件内部不是 UTF-8 编码,已拒绝,请用 Word 或 WPS 另存后重新上传。")
    return tree


def local(name: object) -> str:
    """The name of an element or attribute without its namespace; "" of comments and instructions."""
    return name.rpartition("}")[2] if isinstance(name, str) else ""


def _types(tree: Tree) -> None:
    found = [element.get("ContentType", "") for element in tree.iter() if local(element.tag) in ("Override", "Default")]
    for kind in found:
        low = kind.lower()
        if "macroenabled" in low or "vba" in low:
            raise holds("宏")
        if "oleobject" in low or "activex" in low or low.endswith(".package"):
            raise holds("嵌入的对象")
    if MAIN_TYPE not in found:
        raise TemplateRefused("文件不是普通的 Word 文档,请另存为“Word 文档(.docx)”后重新上传。")


def _relations(tree: Tree) -> None:
    for element in tree.iter():
        if local(element.tag) != "Relationship":
            continue
        kind, target = element.get("Type", "").rpartition("/")[2], element.get("Target", "")
        if element.get("TargetMode", "").lower() == "external":
            raise holds(f"指向外部的链接({target[:60]})", "请取消链接或改为嵌入图片后重新上传")
        if kind not in RELATIONSHIPS:
            raise holds(f"不能使用的内容({kind})")
        if (kind == "hyperlink" and not target.startswith("#")) or ":" in target or target.startswith(("\\", "//")):
            raise holds(f"指向外部的链接({target[:60]})")


def _elements(tree: Tree) -> None:
    for element in tree.iter():
        name = local(element.tag)
        if name in ELEMENTS_REFUSED:
            raise holds(ELEMENTS_REFUSED[name])
        if not isinstance(element.tag, str):
            continue
        for attribute, value in element.attrib.items():
            if local(attribute) in LINKING and value and not value.startswith("#"):
                raise holds(f"指向外部的链接({value[:60]})")


def _codes(tree: Tree) -> None:
    """Word's own fields: only those of FIELDS, none whose code is made by another field."""
    for code in chain(_simple(tree), _complex(tree)):
        name = code.split()[0].upper() if code.strip() else ""
        if name and name not in FIELDS and not INNER_LINK.fullmatch(code):
            raise holds(f"域代码“{name[:30]}”", "请选中该域按 Ctrl+Shift+F9 转为文字后重新上传")


def _simple(tree: Tree) -> Iterator[str]:
    return (element.get(f"{W}instr", "") for element in tree.iter(f"{W}fldSimple"))


def _complex(tree: Tree) -> Iterator[str]:
    codes: list[str | None] = []  # of the fields that are open; None once the code has been read
    for element in tree.iter(f"{W}fldChar", f"{W}instrText", f"{W}delInstrText"):
        if element.tag != f"{W}fldChar":
            if not codes or codes[-1] is None:
                raise holds("不完整的域代码")
            codes[-1] += "".join(element.itertext())
            continue
        what = element.get(f"{W}fldCharType")
        if what == "begin":
            if codes and codes[-1] is not None:
                raise holds("嵌套的域代码")
            codes.append("")
        elif not codes:
            raise holds("不完整的域代码")
        elif what == "separate":
            yield codes[-1] or ""
            codes[-1] = None
        else:
            yield codes.pop() or ""
    if codes:
        raise holds("不完整的域代码")
