"""From a figure, a row or a column of the pivot to its series."""

from __future__ import annotations

from django.urls import reverse
from django.utils.http import urlencode

from spectown.monitoring.pivot import ALL, Ask, Axis

LIMITS = (Axis.COUNTY, Axis.CATEGORY, Axis.LEVEL)


def series_url(ask: Ask, row: str = ALL, column: str = ALL) -> str:
    """Address of the series; empty where no single indicator, or a county, category or level that is not set, is meant.

    ALL: the whole of an axis, so that a row has the series of all its columns.
    """
    chosen = {ask.rows: row, ask.columns: column}
    code = chosen.get(Axis.INDICATOR, ALL)
    code = ask.indicators[0] if code == ALL and len(ask.indicators) == 1 else code
    places = {axis: key for axis, key in chosen.items() if axis in (*LIMITS, Axis.TOWN) and key != ALL}
    if code == ALL or "" in places.values():
        return ""
    town = places.pop(Axis.TOWN, "")
    limits = {axis: next(iter(keys)) for axis, keys in ask.only.items()} | places
    county = "" if town else limits.pop(Axis.COUNTY, "")
    place = f"t{town}" if town else f"c{county}" if county else "all"
    more = {} if town else {axis.value: key for axis, key in limits.items()}
    return f"{reverse('monitoring:series')}?{urlencode({'i': code, 'p': place, **more})}"
