"""Kinds whose own row says the deadline in force too: it follows the work's, whose move or run is in the log."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from spectown.lib.columnar.reading import key_set
from spectown.supervision.models import Work
from spectown.supervision.registry import kinds


def keep_dates(works: Collection[Work]) -> None:
    """Write the deadlines in force, saved before, into the rows of kinds that say them too; a query a kind."""
    for kind in kinds():
        pks = [work.pk for work in works if work.kind == kind.code] if kind.dated else []
        if kind.model is not None and pks:
            now = Work.objects.filter(pk=OuterRef("work")).values("deadline")[:1]
            rows = kind.model._default_manager.filter(work__in=key_set(pks))
            # While a pause is open no deadline runs; the row goes on saying the last one.
            rows.update(**{kind.dated: Coalesce(Subquery(now), F(kind.dated)), "version": F("version") + 1})
