"""Models of the register of official documents."""

from spectown.documents.models.batches import DocumentBatch, DocumentBatchQuerySet
from spectown.documents.models.bundles import Bundle, BundleKind
from spectown.documents.models.document import OfficialDocument
from spectown.documents.models.files import DocumentFile
from spectown.documents.models.links import Concern, Receipt, ReceiptQuerySet
from spectown.documents.models.numbers import NumberSequence
from spectown.documents.models.scans import SignatureScan
from spectown.documents.models.seen import OfficialDocumentQuerySet
from spectown.documents.models.templates import OwnTemplate, OwnTemplateQuerySet

__all__ = [
    "Bundle",
    "BundleKind",
    "Concern",
    "DocumentBatch",
    "DocumentBatchQuerySet",
    "DocumentFile",
    "NumberSequence",
    "OfficialDocument",
    "OfficialDocumentQuerySet",
    "OwnTemplate",
    "OwnTemplateQuerySet",
    "Receipt",
    "ReceiptQuerySet",
    "SignatureScan",
]
