"""The print pack of a batch: merged PDFs of a hundred documents each, and a list of what is in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from django.utils import timezone
from pypdf import PdfWriter

from spectown.core.documentkinds.facts import FactsFault
from spectown.core.officialdoc.tree import Document
from spectown.documents.enums import FileForm, State
from spectown.documents.facts import day_of, tree_of
from spectown.documents.layouts import obstacles
from spectown.documents.models import BundleKind, DocumentBatch, DocumentFile, OfficialDocument
from spectown.documents.services import verified
from spectown.documents.services.bundling import Made
from spectown.documents.services.previewing import MARK
from spectown.lib.officialdoc.pdf import MOST_AT_ONCE, refuse_unrenderable, render_pdf
from spectown.lib.refusal import Refused
from spectown.lib.tables.sheet import Cell, Table, workbook
from spectown.organisations.actors import Actor

Said = Callable[[int, int, str], None]
HEAD = ("序号", "发文字号", "标题", "状态", "成文日期", "签收单位", "在哪个文件", "PDF 校验值(SHA-256)或未并入的原因")


@dataclass(slots=True)
class Pack:
    """What has been put together so far."""

    files: list[tuple[str, bytes]] = field(default_factory=list)
    rows: list[tuple[int, list[Cell]]] = field(default_factory=list)


def print_pack(batch: DocumentBatch, actor: Actor, said: Said) -> Made:
    """Issued documents as issued, the others as drafts with their mark. `said` may raise to stop. Refused: none."""
    seen = OfficialDocument.objects.visible_to(actor).filter(batch=batch).exclude(state=State.VOIDED)
    numbers = list(seen.order_by("batch_place").values_list("pk", flat=True))
    if not numbers:
        raise Refused("这一批还没有可以打印的公文。")
    pack = Pack()
    for start in range(0, len(numbers), MOST_AT_ONCE):
        said(start, len(numbers), f"正在合并第 {start + 1} 份起")
        _add(pack, list(_loaded(numbers[start : start + MOST_AT_ONCE])))
    said(len(numbers), len(numbers), "正在装入压缩文件")
    name = f"{batch.title[:60]}(批量{batch.pk})"
    return Made(BundleKind.BATCH, f"{name}打印包", f"{name}打印包.zip", _zipped(pack, name), batch=batch)


def _loaded(numbers: Sequence[int]) -> Iterator[OfficialDocument]:
    rows = OfficialDocument.objects.filter(pk__in=numbers).select_related("version", "replaced_by")
    return iter(rows.prefetch_related("receipts__unit__names", "files").order_by("batch_place"))


def _add(pack: Pack, documents: Sequence[OfficialDocument]) -> None:
    issued = [document for document in documents if document.issued_at is not None and pdf_of(document)]
    drafts = [document for document in documents if document.issued_at is None and not document.template_id]
    without = [document for document in documents if document not in (*issued, *drafts)]
    pack.rows += [_line(document, "", "未并入:用自有模板,没有 PDF,请在公文页面下载 .docx") for document in without]
    _merge(pack, issued, "", _issued)
    _merge(pack, drafts, "草稿 ", _drafted)


def _merge(
    pack: Pack, documents: Sequence[OfficialDocument], mark: str, make: Callable[..., tuple[bytes, dict[int, str]]]
) -> None:
    """One file of these; a line for each."""
    if not documents:
        return
    data, said = make(documents)
    name = f"{mark}第{documents[0].batch_place}至{documents[-1].batch_place}份.pdf"
    if data:
        pack.files.append((name, data))
    for document in documents:
        left_out = document.issued_at is None and said.get(document.pk)
        pack.rows.append(_line(document, "" if left_out else name, said.get(document.pk, "")))


def pdf_of(document: OfficialDocument) -> DocumentFile | None:
    """The issued PDF; a document of an own template may have none."""
    return next((each for each in document.files.all() if each.form == FileForm.PDF), None)


def _issued(documents: Sequence[OfficialDocument]) -> tuple[bytes, dict[int, str]]:
    """The very pages that were issued, their hashes checked. Raises Refused."""
    writer, hashes = PdfWriter(), {}
    for document in documents:
        file = pdf_of(document)
        if file is None:
            continue
        if len(writer.pages) % 2:  # printed on both sides, each document begins a sheet
            writer.add_blank_page()
        writer.append(BytesIO(verified(file)), outline_item=document.number or document.title, import_outline=False)
        hashes[document.pk] = file.sha256
    stream = BytesIO()
    writer.write(stream)
    return stream.getvalue(), hashes


def _drafted(documents: Sequence[OfficialDocument]) -> tuple[bytes, dict[int, str]]:
    """As they would look; what cannot be laid out yet is left out with its reasons."""
    today, left_out, trees = timezone.localdate(), dict[int, str](), list[Document]()
    for document in documents:
        try:
            tree = tree_of(document, day_of(document, today))
            refuse_unrenderable(tree)
            trees.append(tree)
        except FactsFault:
            left_out[document.pk] = "未并入:" + "".join(obstacles(document, today))
        except Refused as refused:
            left_out[document.pk] = f"未并入:{refused}"
    return (render_pdf(*trees, draft=MARK).data if trees else b""), left_out


def _line(document: OfficialDocument, name: str, said: str) -> tuple[int, list[Cell]]:
    place = document.batch_place or 0
    return place, [
        place,
        document.number or "未编号",
        document.title,
        document.standing,
        document.dated.isoformat() if document.dated else "",
        "、".join(receipt.unit.name for receipt in document.receipts.all()),
        name or "未并入",
        said,
    ]


def _zipped(pack: Pack, name: str) -> bytes:
    table = Table(
        name="目录",
        title=name,
        notes=[
            f"截至 {timezone.localtime():%Y-%m-%d %H:%M},共 {len(pack.rows)} 份。双面打印:页数为单的,后面补一张空白页。"
        ],
        head=HEAD,
        rows=[row for _, row in sorted(pack.rows)],
        foot=(),
        widths=(6, 22, 44, 12, 12, 24, 20, 70),
        centred=len(HEAD),
    )
    stream = BytesIO()
    with ZipFile(stream, "w") as archive:
        archive.writestr("目录.xlsx", workbook(table), ZIP_DEFLATED)
        for file, data in pack.files:
            archive.writestr(file, data, ZIP_STORED)
    return stream.getvalue()
