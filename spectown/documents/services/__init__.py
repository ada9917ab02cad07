"""Every change in the register: checked, made and logged in one transaction."""

from spectown.documents.services.drafting import StaleRevision, draft, save
from spectown.documents.services.files import verified
from spectown.documents.services.moves import discard, move, refusals, sign_on_paper
from spectown.documents.services.previewing import preview_docx, preview_pdf
from spectown.documents.services.receiving import receive

__all__ = [
    "StaleRevision",
    "discard",
    "draft",
    "move",
    "preview_docx",
    "preview_pdf",
    "receive",
    "refusals",
    "save",
    "sign_on_paper",
    "verified",
]
