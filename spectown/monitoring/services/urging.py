"""One click urges: those who fill in and check sheets that are not there get one message a day."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from spectown.accounts.permissions import Permission
from spectown.audit import services as audit
from spectown.core.supervision.reminders import Level
from spectown.monitoring.models import Sheet
from spectown.organisations.actors import Actor
from spectown.outbox.models import Message
from spectown.outbox.posting import Posting, post
from spectown.supervision.due import named
from spectown.supervision.receivers import line_on
from spectown.supervision.terms import terms_of

KIND = "work.sheet"


@transaction.atomic
def urge(*, sheets: Sequence[Sheet], by: Actor) -> int:
    """Tell them; return how many messages are new today."""
    by.require(Permission.INDICATOR_MANAGE)
    today = timezone.localdate()
    line, postings = line_on(today), []
    terms = terms_of([sheet.work for sheet in sheets])
    for sheet in [each for each in sheets if each.work.anchored_on is not None]:
        told = line.told(sheet.work.holder_id, Level.HOLDER)
        _, name = named(sheet.work, terms.get(sheet.work_id), sheet.work.anchored_on or today, today)
        facts = {"step": "urge", "level": Level.HOLDER.value, "name": name.isoformat(), "holder": sheet.work.holder_id}
        users: list[tuple[int | None, int | None]] = [*told.users.items()] or [(None, sheet.work.holder_id)]
        said: dict[str, Any] = {"facts": facts, "meant_for": told.meant, "note": told.note}
        postings += [Posting(user, KIND, sheet.work_id, f"urge:{today}", unit_id=unit, **said) for user, unit in users]
    earlier = Message.objects.count()
    post(postings)
    made = Message.objects.count() - earlier
    if made:
        about = {"sheets": len(sheets), "messages": made}
        audit.record(by=by, action="sheet.urge", obj=sheets[0].form_period, after=about)
    return made
