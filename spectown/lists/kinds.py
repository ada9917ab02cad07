"""What a column holds, read off its model field: the field is the only place where the type is said."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from stdnum.cn import uscc

CODE_LETTERS = frozenset("0123456789ABCDEFGHJKLMNPQRTUWXY")  # GB 32100: without I O S V Z


def code_fault(code: str) -> str:
    """What is wrong with a 统一社会信用代码 (GB 32100); empty where it is right."""
    if len(code) != 18:
        return f"统一社会信用代码应为 18 位,现为 {len(code)} 位"
    if odd := "、".join(dict.fromkeys(letter for letter in code if letter not in CODE_LETTERS)):
        return f"统一社会信用代码里不会有“{odd}”:只用数字和大写字母,不用 I、O、S、V、Z"
    if not code[:8].isdigit():
        return "统一社会信用代码的前 8 位(登记机关、类别、行政区划)应全是数字"
    if not uscc.is_valid(code):
        due = uscc.calc_check_digit(code[:17])
        return f"统一社会信用代码的校验位不符:按前 17 位算,末位应为 {due},现为 {code[17]}。请核对营业执照"
    return ""


def validate_code(value: str) -> None:
    """Raise ValidationError for a code that is wrong."""
    if fault := code_fault(value):
        raise ValidationError(fault, code="credit_code")


class CreditCodeField(models.CharField):  # type: ignore[type-arg]  # Django's class takes none at run time
    """统一社会信用代码 (GB 32100): 18 characters with check digit; empty where the entity has none."""

    default_validators = [validate_code]  # noqa: RUF012  # Django says what this attribute is

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 18)
        super().__init__(*args, **kwargs)


class YearField(models.PositiveSmallIntegerField):  # type: ignore[type-arg]  # Django's class takes none at run time
    """A calendar year."""


class PercentField(models.DecimalField):  # type: ignore[type-arg]  # Django's class takes none at run time
    """A share in percent: 12.5 stands for 12.5 %."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_digits", 7)
        kwargs.setdefault("decimal_places", 2)
        super().__init__(*args, **kwargs)


class MoneyField(models.DecimalField):  # type: ignore[type-arg]  # Django's class takes none at run time
    """An amount in 万元, two decimals."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_digits", 14)
        kwargs.setdefault("decimal_places", 2)
        super().__init__(*args, **kwargs)


class Kind(StrEnum):
    """Kinds of columns; the codes are those of lib.sheets."""

    TEXT = "text"
    CODE = "code"
    INTEGER = "integer"
    DECIMAL = "decimal"
    PERCENT = "percent"
    DATE = "date"
    YEAR = "year"
    CHOICE = "choice"
    REFERENCE = "reference"
    FLAG = "flag"


_BY_CLASS: tuple[tuple[type[models.Field[Any, Any]], Kind], ...] = (
    (CreditCodeField, Kind.CODE),
    (YearField, Kind.YEAR),
    (PercentField, Kind.PERCENT),
    (models.ForeignKey, Kind.REFERENCE),
    (models.BooleanField, Kind.FLAG),
    (models.DateField, Kind.DATE),
    (models.DecimalField, Kind.DECIMAL),
    (models.IntegerField, Kind.INTEGER),
    (models.CharField, Kind.TEXT),
    (models.TextField, Kind.TEXT),
)


LONG = 200  # characters from which a text may have several lines


def is_long(field: models.Field[Any, Any]) -> bool:
    """True for a text that may have several lines: in the form, in the workbook and when it is read back."""
    return isinstance(field, models.TextField) or (field.max_length or 0) >= LONG


def kind_of(field: models.Field[Any, Any]) -> Kind:
    """Kind of a model field. Raises TypeError for a field that no column can hold."""
    if field.choices:
        return Kind.CHOICE
    for known, kind in _BY_CLASS:
        if isinstance(field, known):
            return kind
    raise TypeError(f"{field} cannot be a column of a list")
