"""The polars type of a model field. In frames a column has the field's name; a reference is its number."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import polars as pl
from django.db import models

PlField = models.Field[Any, Any]


def dtype_of(field: PlField) -> pl.DataType:
    """Type of a field's stored values."""
    if isinstance(field, models.ForeignKey):
        return dtype_of(field.target_field)
    if isinstance(field, models.DecimalField):
        return pl.Decimal(38, field.decimal_places)
    if isinstance(field, models.DateTimeField):
        return pl.Datetime("us", "UTC")
    for known, dtype in _BY_CLASS:
        if isinstance(field, known):
            return dtype
    return pl.String()


_BY_CLASS: tuple[tuple[type[PlField], pl.DataType], ...] = (
    (models.BooleanField, pl.Boolean()),
    (models.DateField, pl.Date()),
    (models.IntegerField, pl.Int64()),
)


def fields_of(model: type[models.Model], names: Iterable[str]) -> list[PlField]:
    """The fields of these names."""
    return [model._meta.get_field(name) for name in names]  # type: ignore[misc]  # names of columns, never of relations back


def schema_of(model: type[models.Model], names: Iterable[str]) -> dict[str, pl.DataType]:
    """Type by name of a frame with these fields."""
    return {field.name: dtype_of(field) for field in fields_of(model, names)}
