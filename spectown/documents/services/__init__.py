"""Every change in the register: checked, made and logged in one transaction."""

from spectown.documents.services.drafting import StaleRevision, draft, save
from spectown.documents.services.files import verified
from spectown.documents.services.moves import Upload, discard, move, refusals, sign_on_paper
from spectown.documents.services.previewing import example_docx, example_pdf, preview_docx, preview_pdf
from spectown.documents.services.receiving import receive
from spectown.documents.services.scanning import keep_scan
from spectown.documents.services.templates import activate, replace_file, retire, upload

__all__ = [
    "StaleRevision",
    "Upload",
    "activate",
    "discard",
    "draft",
    "example_docx",
    "example_pdf",
    "keep_scan",
    "move",
    "preview_docx",
    "preview_pdf",
    "receive",
    "refusals",
    "replace_file",
    "retire",
    "save",
    "sign_on_paper",
    "upload",
    "verified",
]
