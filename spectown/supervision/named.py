"""What a measure names by text: a clause of the plan in force, units by any name they bear or bore."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError

from spectown.organisations.models import UnitName
from spectown.plans.models import Clause


def names_of(text: str) -> list[str]:
    """Names between 、 or line breaks."""
    return [name for name in (piece.strip() for piece in re.split(r"[、,,;;\n]", text)) if name]


def unknown_units(text: str) -> list[str]:
    """Names in the text that no unit bears or bore."""
    wanted = names_of(text)
    known = set(UnitName.objects.filter(name__in=wanted).values_list("name", flat=True)) if wanted else set()
    return [name for name in wanted if name not in known]


def is_clause(ref: str) -> bool:
    """True where the clause stands in the plan in force."""
    return Clause.objects.filter(version__is_current=True, ref=ref).exists()


def validate_units(text: str) -> None:
    """Raise ValidationError for a name that is not known."""
    if unknown := unknown_units(text):
        raise ValidationError(f"不认识的单位名称“{'、'.join(unknown)}”:请用规范简称,几个单位用、隔开。")


def validate_clause(ref: str) -> None:
    """Raise ValidationError for a clause that is not in the plan."""
    if not is_clause(ref):
        raise ValidationError("现行方案中没有这一条款,请写条款号,如 三(四)。")
