"""Whether what is collected hangs together (完整性检查): the core's checks with what the database knows of them."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from django.db.models import Max

from spectown.accounts.permissions import Role
from spectown.core.monitoring.integrity import Issue, Setup, Weight, issues
from spectown.core.periods import Every, Period, before, of_ordinal, period_of
from spectown.monitoring.catalogue import in_force, plan_data
from spectown.monitoring.models import Sheet
from spectown.organisations.models import Membership, Unit

TODO = "请为这个单位开通市直部门账号,或改由别的单位核定;否则这些指标没有人核定。"


def found(on: datetime.date) -> list[Issue]:
    """Everything that is found as of the last full month, errors first; a fixed number of queries."""
    setup = setup_of(on)
    added = [*issues(setup), *_left_out(), *_nobody(setup, on)]
    return sorted(added, key=lambda issue: list(Weight).index(issue.weight))


def setup_of(on: datetime.date) -> Setup:
    """What the core looks at."""
    data, units = plan_data(), set(Unit.objects.values_list("code", flat=True))
    period = before(period_of(on, Every.MONTH))
    return Setup(data.catalogue, data.forms, data.rules, units, period, last_sent=last_sent())


def last_sent() -> dict[str, Period | None]:
    """By form of the plan the last period of which a sheet was sent."""
    rows = Sheet.objects.filter(sent_on__isnull=False).order_by().values_list("form_period__form")
    ordinals = dict(rows.annotate(last=Max("form_period__ordinal")))
    codes = [form.code for form in plan_data().forms]
    return {code: of_ordinal(ordinals[code]) if code in ordinals else None for code in codes}


def _left_out() -> Iterator[Issue]:
    """Changes of the office that no longer go with the plan."""
    for row, fault in in_force().left_out:
        todo = "请在指标目录中恢复方案口径,或按方案现在的内容再改。"
        yield Issue(Weight.ERROR, row.code, f"本市修改与方案现在的内容不合,暂不采用:{fault}", todo)


def _nobody(setup: Setup, on: datetime.date) -> Iterator[Issue]:
    """Units that own figures and have no person who could certify them."""
    staffed = Membership.objects.valid_on(on).filter(role=Role.DEPARTMENT, user__is_active=True)
    held = set(staffed.values_list("unit__code", flat=True))
    names = dict(Unit.objects.values_list("code", "name"))
    owned: dict[str, list[str]] = {}
    for each in setup.catalogue.all_on(setup.period):
        if each.is_asked_figure and each.source in names:
            owned.setdefault(each.source, []).append(each.name)
    for code in sorted(owned.keys() - held):
        what = f"“{names[code]}”没有能核定的账号,涉及{'、'.join(owned[code][:5])}等 {len(owned[code])} 项指标"
        yield Issue(Weight.WARNING, code, what, TODO)
