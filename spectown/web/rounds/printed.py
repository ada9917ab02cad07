"""The bundle of a version: figures, then every material in list order, one PDF with contents and page numbers."""

from __future__ import annotations

import hashlib

from django.utils import timezone

from spectown.certification.facts import fields_of
from spectown.core.officialdoc.blocks import Align, Table
from spectown.core.officialdoc.tree import Document, Format
from spectown.lib.bundles.evidence import PDF, SMALL_PT, Binding, Piece, evidence_pdf, overfull
from spectown.lib.officialdoc.pdf import render_pdf
from spectown.rounds.models import CaseVersion, Material
from spectown.web.rounds.figures import in_words

MEANING = "本版全部填报数据和材料的 SHA-256"


def print_of(version: CaseVersion) -> tuple[str, bytes]:
    """Name and content of the PDF."""
    case = version.case
    title = f"{case.application}申报材料"
    sent = timezone.localtime(version.made_at)
    about = (
        f"批次:{case.round.name}",
        f"申报单位:{case.unit.name}",
        f"第{version.number}版,{sent:%Y-%m-%d %H:%M}提交。盖章后扫描上传,并照填下面的短码。",
    )
    made = evidence_pdf(
        title, about, [_figures(version), *_materials(version)], Binding(version.sha256, MEANING), "项目"
    )
    return f"{title}(第{version.number}版).pdf", made.data


def _figures(version: CaseVersion) -> Piece:
    raw = version.content["fields"]
    lines = [(field.heading, in_words(field, raw.get(field.code))) for field in fields_of(version.case.application)]
    rows = tuple((label, text) for label, text in lines if text)
    table = Table((2, 5), (("项目", "填报"),), rows, (Align.LEFT, Align.LEFT), size_pt=SMALL_PT)
    data = render_pdf(Document("填报数据", (table,), Format.FORM)).data
    return Piece("填报数据", "填报数据", PDF, data, hashlib.sha256(data).hexdigest())


def _materials(version: CaseVersion) -> list[Piece]:
    held = version.content["materials"]
    files = Material.objects.in_bulk([each["pk"] for each in held.values()])
    order = [each.code for each in version.case.rules.rules.materials]
    codes = [*(code for code in order if code in held), *(code for code in held if code not in order)]
    names = {each.code: each.name for each in version.case.rules.rules.materials}
    chosen = [files[held[code]["pk"]] for code in codes]
    full = overfull(file.size for file in chosen)
    return [_piece(names.get(c, c), file, apart) for c, file, apart in zip(codes, chosen, full, strict=True)]


def _piece(heading: str, file: Material, apart: str) -> Piece:
    if apart:
        return Piece(heading, file.name, file.content_type, None, file.sha256, apart)
    try:
        with file.file.open("rb") as stream:
            data: bytes | None = stream.read()
    except FileNotFoundError:
        data = None  # named in the bundle as 另附, with its hash
    return Piece(heading, file.name, file.content_type, data, file.sha256)
