"""Files of ended imports go after a while; the run, its counts and the log stay."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.db.models import Q

from spectown.audit.services import SYSTEM, record
from spectown.lists.importing import stores
from spectown.lists.models import ImportRun


def purge(*, before: datetime.datetime) -> int:
    """Remove the files of runs that ended, or were left lying, before that moment. Return how many runs."""
    old = Q(finished_at__lt=before) | Q(finished_at__isnull=True, uploaded_at__lt=before)
    runs = list(ImportRun.objects.filter(old).exclude(upload="", staged="", fault_table=""))
    for run in runs:
        _purge(run)
    return len(runs)


@transaction.atomic
def _purge(run: ImportRun) -> None:
    for field in stores.FILES:
        stores.drop(run, field)
    run.save()
    record(by=SYSTEM, action="import.purge", obj=run)
