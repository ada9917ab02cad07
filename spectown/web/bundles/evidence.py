"""Evidence files of an application, in the order of the criteria, as pieces to be bound."""

from __future__ import annotations

from django.utils import timezone

from spectown.certification.facts import criteria_of
from spectown.certification.models import Application, EvidenceFile
from spectown.documents.models.bundles import BundleKind
from spectown.documents.services.bundling import Made
from spectown.lib.bundles.evidence import Piece, evidence_pdf, overfull
from spectown.lib.refusal import Refused


def evidence_of(application: Application) -> Made:
    """All evidence that stands, as one PDF. Raises Refused where there is none."""
    files = application.files.filter(removed_at__isnull=True).order_by("pk")
    if not files:
        raise Refused(f"{application}没有上传证明文件,不用汇编。")
    labels = _labels(application)
    order = list(labels)
    known = sorted(files, key=lambda file: order.index(file.criterion) if file.criterion in order else len(order))
    full = overfull(file.size for file in known)
    pieces = [
        _piece(file, labels.get(file.criterion, file.criterion), apart) for file, apart in zip(known, full, strict=True)
    ]
    title = f"{application}证明材料汇编"
    about = (
        f"申报单位:{application.unit.name}",
        f"申报书修订号:{application.revision};材料{len(pieces)}件;汇编日期:{timezone.localdate()}",
    )
    made = evidence_pdf(title, about, pieces)
    return Made(BundleKind.EVIDENCE, title, f"{title}.pdf", made.data, application, made.digest)


def _piece(file: EvidenceFile, heading: str, apart: str) -> Piece:
    if apart:
        return Piece(heading, file.name, file.content_type, None, file.sha256, apart)
    try:
        with file.file.open("rb") as stream:
            data: bytes | None = stream.read()
    except FileNotFoundError:
        data = None  # named in the bundle as 另附, with its hash
    return Piece(heading, file.name, file.content_type, data, file.sha256)


def _labels(application: Application) -> dict[str, str]:
    """Criteria in the order of the plan."""
    return {criterion.code: criterion.title for criterion in criteria_of(application.version).criteria}
