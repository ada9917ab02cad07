"""Who issues a draft, whom it is for and what it is about."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from django.db import models

from spectown.documents.models import Concern, OfficialDocument, Receipt
from spectown.organisations.enums import NameKind, UnitKind
from spectown.organisations.models import Unit


def office_name(day: datetime.date) -> str:
    """Whole name of the office (领导小组办公室) on a day, as it stands on documents."""
    office = Unit.objects.filter(kind=UnitKind.OFFICE).prefetch_related("names").order_by("order").first()
    if office is None:
        return "领导小组办公室"
    whole = [name for name in office.names.all() if name.kind == NameKind.FULL and name.covers(day)]
    return whole[0].name if whole else office.name_on(day)


def concern(document: OfficialDocument, about: Sequence[models.Model]) -> None:
    """Show the document on the pages of these objects."""
    for obj in about:
        kind, number = obj._meta.label_lower, str(obj.pk)
        Concern.objects.create(document=document, object_type=kind, object_id=number, label=str(obj)[:200])


def concern_as(document: OfficialDocument, other: OfficialDocument) -> None:
    """Show the document where another one, which it corrects or repeals, is shown."""
    for each in other.concerns.all():
        Concern.objects.get_or_create(
            document=document, object_type=each.object_type, object_id=each.object_id, defaults={"label": each.label}
        )


def send_to(document: OfficialDocument, units: Iterable[Unit], deadline: datetime.date | None) -> None:
    """The units that receive it, and until when."""
    wanted = {unit.pk: unit for unit in units}
    document.receipts.exclude(unit_id__in=list(wanted)).delete()
    for unit in wanted.values():
        Receipt.objects.update_or_create(document=document, unit=unit, defaults={"deadline": deadline})
