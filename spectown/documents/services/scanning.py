"""Scans of signatures made on paper."""

from __future__ import annotations

from django.db import transaction

from spectown.accounts.permissions import Permission
from spectown.audit import services as audit
from spectown.documents.models import SignatureScan
from spectown.documents.services.access import person
from spectown.lib.proofs.check import SHOWN_IN_PLACE, inspect
from spectown.lib.proofs.keeping import content_fields
from spectown.organisations.actors import Actor


@transaction.atomic
def keep_scan(*, name: str, content: bytes, by: Actor) -> SignatureScan:
    """Keep the scan of a 签批件, sealed by its hash. Raises Refused for what is no PDF or picture."""
    by.require(Permission.DOCUMENT_CHECK)
    checked = inspect(name, content, only=SHOWN_IN_PLACE)
    scan = SignatureScan.objects.create(
        **content_fields(checked, content),
        uploaded_by=person(by),
    )
    audit.record(by=by, action="document.scan", obj=scan, after={"name": scan.name, "sha256": scan.sha256})
    return scan
