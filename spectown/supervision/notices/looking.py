"""The figure by which a notice is judged, taken again on its day by the timer; typed figures wait for the office."""

from __future__ import annotations

import datetime

from django.db import transaction

from spectown.audit import services as audit
from spectown.supervision.models import NoticeFigure
from spectown.supervision.notices.figures import value_of


@transaction.atomic
def look_due(on: datetime.date) -> int:
    """Take all figures whose day has come and which the system can take. Return how many; again = none."""
    rows = NoticeFigure.objects.select_for_update().filter(look_on__lte=on, looked_on__isnull=True).exclude(code="")
    found = list(rows.order_by("pk"))
    for figure in found:
        figure.after, figure.looked_on = value_of(figure, on), on
        figure.save(update_fields=["after", "looked_on"])
        told = {"before": figure.before, "after": figure.after}
        audit.record(by=audit.SYSTEM, action="notice.look", obj=figure, after=told)
    return len(found)
