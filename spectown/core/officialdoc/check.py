"""What an official document lacks or has wrong, in Chinese; an empty list means that it may be issued."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from spectown.core.officialdoc.blocks import Block, Figure, Heading, Table
from spectown.core.officialdoc.grid import faulty_row
from spectown.core.officialdoc.numbers import is_document_number
from spectown.core.officialdoc.tree import Attachment, Document, Format, Head, Imprint, Signature

NUMBERED = (Format.DOCUMENT, Format.LETTER)
SECRECY = re.compile(r"(绝密|机密|秘密)(★(长期|[1-9]\d*(年|个月|天)))?")
ENDS = "。、,;:\uff0c\uff1b\uff1a"
URGENCY = ("", "特急", "加急")


@dataclass(frozen=True, slots=True)
class Reason:
    """The part of the document (in the standard's word) and what is missing or wrong there."""

    part: str
    message: str

    def __str__(self) -> str:
        return f"{self.part}:{self.message}"


def check(document: Document) -> list[Reason]:
    """All reasons why the document does not meet its format."""
    return [
        *_title(document.title),
        *_head(document.head, document.format),
        *_recipients(document.recipients),
        *_blocks("正文", document.body),
        *_signature(document.signature, document.format),
        *_attachments(document.attachments),
        *_imprint(document.imprint, document.signature),
    ]


def _title(title: str) -> Iterator[Reason]:
    if not title.strip():
        yield Reason("标题", "没有填写。")
    elif title.strip()[-1] in ENDS:
        yield Reason("标题", f"末尾不应有标点“{title.strip()[-1]}”。")


def _head(head: Head | None, format: Format) -> Iterator[Reason]:
    if format is Format.FORM:
        return
    if head is None or not any(name.strip() for name in head.organs):
        yield Reason("发文机关标志", "没有发文机关。")
        return
    if format in NUMBERED and not head.number:
        yield Reason("发文字号", "没有编号。")
    elif format in NUMBERED and not is_document_number(head.number):
        yield Reason(
            "发文字号", f"“{head.number}”不完整,应为机关代字、六角括号括入的四位年份和顺序号,如长专镇办〔2026〕3号。"
        )
    if head.copy_number and not re.fullmatch(r"\d{6}", head.copy_number):
        yield Reason("份号", f"“{head.copy_number}”应为 6 位数字。")
    if head.secrecy and not SECRECY.fullmatch(head.secrecy):
        yield Reason("密级和保密期限", f"“{head.secrecy}”应为绝密、机密或秘密,后可加★和期限,如秘密★1年。")
    if head.urgency not in URGENCY:
        yield Reason("紧急程度", f"“{head.urgency}”应为特急或加急。")


def _recipients(recipients: tuple[str, ...]) -> Iterator[Reason]:
    for name in recipients:
        if not name.strip():
            yield Reason("主送机关", "有一个名称是空的。")
        elif name.strip()[-1] in ENDS:
            yield Reason("主送机关", f"“{name}”末尾的标点由系统加,请去掉。")


def _blocks(part: str, blocks: tuple[Block, ...]) -> Iterator[Reason]:
    if not blocks:
        yield Reason(part, "没有内容。")
    for block in blocks:
        if isinstance(block, Table):
            yield from _table(part, block)
        elif isinstance(block, Heading) and not 1 <= block.level <= 4:
            yield Reason(part, f"标题“{block.text}”的层次 {block.level} 不在 1 至 4 之间。")
        elif isinstance(block, Figure):
            yield from _figure(part, block)


def _table(part: str, table: Table) -> Iterator[Reason]:
    name = f"{part}的表“{table.caption or '未命名'}”"
    if not table.widths or min(table.widths) <= 0:
        yield Reason(name, "各列宽度应大于 0。")
    for where, rows in (("表头", table.head), ("", table.rows)):
        fault = faulty_row(rows, len(table.widths))
        if fault:
            yield Reason(name, f"{where}第 {fault} 行的单元格没有正好排满 {len(table.widths)} 列。")


def _figure(part: str, figure: Figure) -> Iterator[Reason]:
    if figure.format not in ("svg", "png"):
        yield Reason(part, f"图“{figure.alt}”的格式 {figure.format} 不可用,应为 svg 或 png。")
    if not figure.alt.strip():
        yield Reason(part, "有一张图没有文字说明。")


def _signature(signature: Signature | None, format: Format) -> Iterator[Reason]:
    if format not in NUMBERED:
        return
    if signature is None or not any(name.strip() for name in signature.organs):
        yield Reason("发文机关署名", "没有署名。")
    if signature is None or signature.on is None:
        yield Reason("成文日期", "没有填写。")


def _attachments(attachments: tuple[Attachment, ...]) -> Iterator[Reason]:
    for number, attachment in enumerate(attachments, 1):
        if not attachment.title.strip():
            yield Reason(f"附件{number}", "没有标题。")
        elif attachment.title.strip()[-1] in ENDS:
            yield Reason(f"附件{number}", "名称后不加标点。")
        if attachment.blocks:
            yield from _blocks(f"附件{number}", attachment.blocks)


def _imprint(imprint: Imprint | None, signature: Signature | None) -> Iterator[Reason]:
    if imprint is None:
        return
    if not imprint.printer or not imprint.printed_on:
        missing = "印发日期" if imprint.printer else "印发机关"
        if imprint.printer or imprint.printed_on:
            yield Reason(missing, "印发机关和印发日期应同时填写。")
    if imprint.printed_on and signature and signature.on and imprint.printed_on < signature.on:
        yield Reason("印发日期", "早于成文日期。")
