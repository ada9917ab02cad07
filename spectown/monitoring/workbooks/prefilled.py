"""The workbook to fill in: what was reported before beside what stands there now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import polars as pl
from django.db.models import QuerySet

from spectown.core.certification.money import plain
from spectown.core.monitoring.formreading import LONGEST
from spectown.core.monitoring.forms import FOOTER, ReportForm
from spectown.core.monitoring.values import MISSING, Value
from spectown.core.periods import moved, year_ago
from spectown.lib.excel.bulk import stream_workbook
from spectown.lib.refusal import Refused
from spectown.monitoring.catalogue import plan_data
from spectown.monitoring.models import Cell, FormPeriod, Sheet
from spectown.monitoring.seeing import seen
from spectown.monitoring.validating import form_of
from spectown.monitoring.workbooks.layout import FOOT, HEADINGS, KEY, key_of, sheet_of
from spectown.organisations.actors import Actor

Known = Mapping[tuple[int, str, int], Cell]


def sheets_in(opened: FormPeriod, by: Actor) -> QuerySet[Sheet]:
    """Sheets of a form and period that the actor sees, in the order of the towns."""
    rows = Sheet.objects.filter(seen(by), form_period=opened).select_related("form_period", "town", "work__holder")
    return rows.order_by("town__order", "town__code")


def prefilled(opened: FormPeriod, by: Actor) -> bytes:
    """The workbook of all towns of the actor. Raises Refused where there is none."""
    sheets = list(sheets_in(opened, by))
    if not sheets:
        raise Refused(f"{opened}没有由您填报的专业镇。")
    rows = list(_rows(opened, form_of(sheets[0]), sheets))
    frame = pl.DataFrame(rows, schema=dict.fromkeys(HEADINGS, pl.String))
    return b"".join(stream_workbook(sheet_of(opened, by), [frame]))


def _rows(opened: FormPeriod, form: ReportForm, sheets: list[Sheet]) -> Iterator[dict[str, str | None]]:
    known, period, catalogue = _known(opened, sheets), opened.period, plan_data().catalogue
    for sheet in sheets:
        for item in form.asked(catalogue, period, sheet.town.category):
            cell = known.get((sheet.town_id, item.code, period.ordinal))
            value, comment = told(cell.reported) if cell else None, (cell.comment or None) if cell else None
            last = catalogue.joins.previous(item.code, period)
            earlier = {"last": last.ordinal, "year_ago": year_ago(period).ordinal}
            past = {name: known.get((sheet.town_id, item.code, ordinal)) for name, ordinal in earlier.items()}
            yield {
                "town": sheet.town.name,
                "indicator": item.name,
                "unit": item.unit,
                **{name: told(old.counts) if old else None for name, old in past.items()},
                "value": value,
                "comment": comment,
                KEY: key_of(opened, sheet.town.code, item.code),
                "revision": str(cell.revision if cell else 0),
                "was": value,
                "said": comment,
            }
        yield from _foot(opened, form, sheet)


def _foot(opened: FormPeriod, form: ReportForm, sheet: Sheet) -> Iterator[dict[str, str | None]]:
    """The persons and the day at the end, in the column of comments: a telephone number is no figure."""
    for name in form.footer:
        held = getattr(sheet, name)
        said = str(held) if held else None
        key = key_of(opened, sheet.town.code, f"{FOOT}{name}")
        row = {"town": sheet.town.name, "indicator": f"表末:{FOOTER[name]}", "comment": said, "said": said}
        yield {**dict.fromkeys(HEADINGS), **row, KEY: key, "revision": "0"}


def _known(opened: FormPeriod, sheets: list[Sheet]) -> Known:
    back = [moved(opened.period, -count) for count in range(1, LONGEST + 1)]  # what was told last, past joined months
    ordinals = [each.ordinal for each in (opened.period, *back, year_ago(opened.period))]
    rows = Cell.objects.filter(town__in=[sheet.town_id for sheet in sheets], ordinal__in=ordinals)
    return {(cell.town_id, cell.indicator.code, cell.ordinal): cell for cell in rows.select_related("indicator")}


def told(value: Value) -> str | None:
    """What stands in a cell; empty where it is 未报."""
    if value == MISSING or value.kind == MISSING.kind:
        return None
    return plain(value.number).replace(",", "") if value.number is not None else value.shown
