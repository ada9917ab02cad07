"""The print of a version that is stamped on paper, and the scan that comes back: bound by a short code."""

from __future__ import annotations

import hashlib

from django.core.files.base import ContentFile
from django.db import transaction

from spectown.accounts.permissions import Permission
from spectown.audit import services as audit
from spectown.lib.bundles.codes import short_code
from spectown.lib.proofs.check import SHOWN_IN_PLACE, inspect
from spectown.lib.proofs.keeping import content_fields
from spectown.lib.refusal import Refused
from spectown.organisations.actors import Actor
from spectown.rounds.models import Case, CasePrint, CaseVersion, StampedScan
from spectown.rounds.services.moves import locked


def code_of(version: CaseVersion) -> str:
    """The code printed on a version's bundle: the beginning of the hash of everything that was sent."""
    return short_code(version.sha256)


@transaction.atomic
def keep_print(*, version: CaseVersion, name: str, content: bytes, by: Actor) -> CasePrint:
    """Keep the bundle of a version; one that was made before stays, since the version never changes."""
    case = locked(version.case, by)
    made = CasePrint.objects.filter(version=version).first()
    if made is not None:
        return made
    made = CasePrint.objects.create(
        version=version,
        file=ContentFile(content, name=name),
        name=name,
        content_type="application/pdf",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        uploaded_by_id=by.person,
    )
    audit.record(by=by, action="case.print", obj=case, after={"version": version.number, "sha256": made.sha256})
    return made


@transaction.atomic
def put_scan(*, case: Case, code: str, name: str, content: bytes, by: Actor) -> StampedScan:
    """Keep the scan of the stamped print of the version whose code it quotes. Raises Refused."""
    if not by.may(Permission.APPLICATION_CHECK):
        by.require(Permission.APPLICATION_FILL)
    found = locked(case, by)
    quoted = code.strip().upper().replace(" ", "").replace("\uff0d", "-").replace("\u2014", "-")
    version = next((each for each in found.versions.all() if code_of(each) == quoted), None)
    if version is None:
        raise Refused(f"没有短码为“{code.strip()}”的版本。请照打印件首页的短码填写,如 1A2B3-C4D5E。")
    checked = inspect(name, content)
    if checked.content_type not in SHOWN_IN_PLACE:
        raise Refused("扫描件只接受 PDF、JPG、PNG。")
    made = StampedScan.objects.create(
        version=version,
        code=quoted,
        **content_fields(checked, content),
        uploaded_by_id=by.person,
    )
    audit.record(
        by=by,
        action="case.scan",
        obj=found,
        after={"version": version.number, "code": quoted, "name": made.name, "sha256": made.sha256},
    )
    return made
