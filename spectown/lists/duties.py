"""Who leads the tasks of the plan that a list feeds."""

from __future__ import annotations

from spectown.lists.declaration import Ledger
from spectown.plans.enums import DutyKind
from spectown.plans.models import Duty


def leads(ledger: Ledger) -> list[str]:
    """Names of the lead units by the plan in force, in the order of the tasks."""
    duties = Duty.objects.filter(kind=DutyKind.LEAD, task__version__is_current=True, task__number__in=ledger.tasks)
    return list(dict.fromkeys(duties.order_by("task__number", "order").values_list("unit__name", flat=True)))
