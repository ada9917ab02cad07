"""What validation finds in a sheet, with the figures of all towns beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from spectown.core.monitoring.checking import check
from spectown.core.monitoring.findings import Checked, Finding
from spectown.core.monitoring.forms import ReportForm, form_on
from spectown.lib.refusal import Refused
from spectown.monitoring.catalogue import plan_data
from spectown.monitoring.firmsums import enterprise_sums
from spectown.monitoring.models import Sheet
from spectown.monitoring.panels import panel_of, periods_needed
from spectown.towns.models import Town

ENTERPRISES = "enterprises"


def checked(sheet: Sheet) -> Checked:
    """All rules on the period of a sheet, for all towns: a town is compared with those of its category."""
    period, data = sheet.form_period.period, plan_data()
    towns = [sheet.town, *Town.objects.exclude(pk=sheet.town_id)]
    panel = panel_of(towns, periods_needed(period))
    others = {**panel.others, ENTERPRISES: enterprise_sums(towns, [period])}
    return check(data.rules, data.catalogue, replace(panel, others=others), period)


def findings_of(sheet: Sheet) -> list[Finding]:
    """What is found in the sheet's own figures, in the order of the rules."""
    own = set(form_of(sheet).codes)
    return [each for each in checked(sheet).findings if each.town == 0 and each.indicator in own]


def reasons_of(sheet: Sheet) -> Mapping[str, str]:
    """Written reasons by rule and indicator."""
    return dict(sheet.explanations.values_list("key", "text"))


def form_of(sheet: Sheet) -> ReportForm:
    """The form of a sheet. Raises Refused where the plan in force has none of this code any more."""
    found = form_on(plan_data().forms, sheet.form_period.form, sheet.form_period.period)
    if found is None:
        raise Refused(f"现行方案中已没有报表“{sheet.form_period.name}”,请联系领导小组办公室。")
    return found
