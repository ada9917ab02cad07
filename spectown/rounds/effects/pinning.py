"""Pinning a version: everything that was sent, as JSON with its digest."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from spectown.certification.facts import raw_of
from spectown.organisations.actors import Actor
from spectown.rounds.facts import Facts
from spectown.rounds.models import CaseVersion, Step


def content_of(facts: Facts) -> dict[str, Any]:
    """What a version holds: the form, the counts of the lists, every file by its digest, the materials."""
    application = facts.case.application
    files = application.files.filter(removed_at__isnull=True).order_by("criterion", "pk")
    return {
        "fields": raw_of(application),
        "revision": application.revision,
        "counts": {row.code: row.number for row in application.counts.all()},
        "files": [{"criterion": f.criterion, "name": f.name, "sha256": f.sha256} for f in files],
        "materials": {
            code: {"name": m.name, "sha256": m.sha256, "size": m.size, "expires_on": m.expires_on, "pk": m.pk}
            for code, m in sorted(facts.materials.items())
        },
    }


def digest_of(content: dict[str, Any]) -> str:
    """SHA-256 of the content as JSON with sorted keys."""
    text = json.dumps(content, cls=DjangoJSONEncoder, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def pin_version(facts: Facts, step: Step, by: Actor) -> None:
    """A new version of the case; the step names it."""
    content = content_of(facts)
    last = facts.version.number if facts.version else 0
    step.version = CaseVersion.objects.create(
        case=facts.case, number=last + 1, content=content, sha256=digest_of(content), made_by_id=by.person
    )
    step.save(update_fields=["version"])


PINNING = {"pin_version": pin_version}
