"""Sheets of the world for the access table."""

from typing import Any

from django.utils import timezone

from spectown.organisations.models import Unit
from spectown.towns.models import Town
from tests import factories


def sheets(unit: Unit, town: Town) -> dict[str, dict[str, Any]]:
    """Own: of the unit's town, open today, being filled in. Elsewhere: of another county."""
    args: dict[str, dict[str, Any]] = {}
    today = timezone.localdate()
    days = {"opens": today, "due": today, "closes": today}
    opened = factories.FormPeriodFactory.create(**days)
    output = factories.IndicatorFactory.create(code="output")
    for name, holder, place in (("", unit, town), ("_elsewhere", factories.UnitFactory.create(), None)):
        work = factories.WorkFactory.create(kind="sheet", state="filling", holder=holder, town=place)
        more = {"town": place} if place else {}
        sheet = factories.SheetFactory.create(work=work, form_period=opened, **more)
        cell = factories.CellFactory.create(sheet=sheet, town=sheet.town, indicator=output, ordinal=opened.ordinal)
        factories.CellVersionFactory.create(cell=cell, revision=1)
        args |= {f"sheet{name}": {"pk": sheet.pk}, f"sheet_cell{name}": {"pk": sheet.pk, "code": "output"}}
        file = factories.CellFileFactory.create(cell=cell)
        args |= {f"sheet_file{name}": {"pk": sheet.pk, "code": "output", "file": file.pk}}
        args |= {f"cell{'_of_sheet' if place else name}": {"pk": cell.pk}}
    args |= {"form_period": {"pk": opened.pk}, "no_form_period": {"pk": 10**6}, "no_indicator": {"code": "nothing"}}
    args["city_level"] = {"level": "city", "year": today.year}
    args |= {"every_month": {"every": "month"}, "no_every": {"every": "week"}}
    args |= {"rule_kind": {"kind": "range"}, "no_rule_kind": {"kind": "nothing"}}
    nothing = {"kind": "indicator", "code": "nothing"}
    args |= {"no_definition": nothing, "no_place": {**nothing, "since": 20260101}}
    args |= {"no_version": {"code": "nothing", "since": 20260101}}
    return args | {"no_cell": {**args["sheet"], "code": "nothing"}}
