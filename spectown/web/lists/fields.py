"""The form field of a column, by its kind."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from django import forms
from django.db.models import Q
from django.urls import reverse

from spectown.lists.declaration import BoundColumn, Ledger
from spectown.lists.kinds import Kind, is_long
from spectown.lists.models import ListRow
from spectown.lists.references import reference_of
from spectown.lists.registry import ledger_for
from spectown.lists.scope import visible
from spectown.lists.usable import usable
from spectown.organisations.actors import Actor
from spectown.web.selects import SearchSelect, SearchSeveral

UNSET, UNCHOSEN = ("", "未填"), ("", "请选择")


def plain_number(value: object) -> str:
    """A number as typed by hand, without separators, blanks and full-width digits."""
    return unicodedata.normalize("NFKC", str(value)).replace(",", "").replace(" ", "")


class FigureField(forms.DecimalField):
    """Takes 1,234.5 and full-width digits as well."""

    widget = forms.TextInput

    def to_python(self, value: object) -> Any:
        """Decimal or None."""
        return super().to_python(value if value in self.empty_values else plain_number(value))

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """A keyboard with digits on phones."""
        return {"inputmode": "decimal", "autocomplete": "off"}


class WholeField(forms.IntegerField):
    """Takes 1,234 and full-width digits as well."""

    widget = forms.TextInput

    def to_python(self, value: object) -> Any:
        """Integer or None."""
        return super().to_python(value if value in self.empty_values else plain_number(value))

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """A keyboard with digits on phones."""
        return {"inputmode": "numeric", "autocomplete": "off"}


class NamedRowField(forms.CharField):
    """A row of another large list, named by text (name or code); gives the row itself."""

    def __init__(self, *, ledger: Ledger, column: BoundColumn, actor: Actor, **kwargs: Any) -> None:
        self.related: Any = column.field.related_model
        self.actor = actor
        options = reverse("lists:options", kwargs={"ledger": ledger.slug, "column": column.name})
        attrs = {"autocomplete": "off", "data-options": options}
        super().__init__(widget=forms.TextInput(attrs=attrs), max_length=200, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Its text for a row number; text as it was typed."""
        if isinstance(value, int):
            return reference_of(self.related).labels([value]).get(value, "")
        return value

    def clean(self, value: Any) -> Any:
        """The row, which must be one that the actor can see."""
        if isinstance(value, int):  # fixed by the page (web.lists.parents)
            return visible(ledger_for(self.related), self.actor).get(pk=value)
        text = super().clean(value)
        if not text:
            return None
        pks = reference_of(self.related).find([text]).get(text, ())
        rows = list(visible(ledger_for(self.related), self.actor).filter(pk__in=pks)[:2])
        if not rows:
            raise forms.ValidationError(f"没有找到“{text}”。请从提示中选择,或填写全称、编号。")
        if len(rows) > 1:
            raise forms.ValidationError(f"“{text}”不止一个,请改填编号或代码。")
        return rows[0]


class LabelledChoiceField(forms.ModelChoiceField[Any]):
    """A row of a small table by the text that names it in workbooks too, all texts by one query."""

    def label_from_instance(self, row: Any) -> str:
        """The text of a row."""
        return self._labels.get(row.pk, str(row))

    @cached_property
    def _labels(self) -> Mapping[int, str]:
        queryset: Any = self.queryset
        return reference_of(queryset.model).labels(queryset.order_by().values_list("pk", flat=True))


class NamesField(forms.MultipleChoiceField):
    """Several names in one text (Column.names), chosen one by one; by any name that a row bore, shown by today's."""

    widget = SearchSeveral

    def __init__(self, *, column: BoundColumn, actor: Actor, **kwargs: Any) -> None:
        self.related = column.refers_to
        rows = usable(self.related, actor)
        super().__init__(choices=[(name, name) for name in rows.values_list("name", flat=True)], **kwargs)

    def prepare_value(self, value: Any) -> list[str]:
        """The names of a text; names as they were chosen."""
        given = value if isinstance(value, list) else [name for name in str(value or "").split("、") if name]
        found = reference_of(self.related).find(given)
        labels = reference_of(self.related).labels([pk for pks in found.values() for pk in pks])
        return [labels[found[name][0]] if len(found.get(name, ())) == 1 else name for name in given]

    def clean(self, value: Any) -> str:
        """One text."""
        return "、".join(super().clean(value))


def field_of(ledger: Ledger, column: BoundColumn, actor: Actor, kept: int | None = None) -> forms.Field:
    """The form field of a column. `kept`: row referred to now, offered even where the actor could not choose it."""
    given: dict[str, Any] = {
        "label": column.label,
        "required": not column.field.blank and column.kind != Kind.FLAG,
        "help_text": column.hint,
    }
    if column.column.names:
        return NamesField(column=column, actor=actor, **given | {"help_text": f"可以选几个。{column.hint}"})
    is_reference = column.kind == Kind.REFERENCE
    made = _reference(ledger, column, actor, kept, given) if is_reference else MAKERS[column.kind](column, given)
    made.error_messages["required"] = f"请填写{column.label}。"
    return made


def _reference(
    ledger: Ledger, column: BoundColumn, actor: Actor, kept: int | None, given: dict[str, Any]
) -> forms.Field:
    related: Any = column.field.related_model
    if issubclass(related, ListRow):  # as many as a list has rows
        return NamedRowField(ledger=ledger, column=column, actor=actor, **given)
    empty = UNCHOSEN[1] if given["required"] else UNSET[1]
    rows = usable(related, actor, kept)
    if column.column.among is not None:
        rows = rows.filter(column.column.among | Q(pk=kept))
    return LabelledChoiceField(queryset=rows, empty_label=empty, widget=SearchSelect, **given)


def _text(column: BoundColumn, given: dict[str, Any]) -> forms.Field:
    widget = forms.Textarea(attrs={"rows": 2}) if is_long(column.field) else forms.TextInput()
    return forms.CharField(max_length=column.field.max_length, widget=widget, **given)


def _code(column: BoundColumn, given: dict[str, Any]) -> forms.Field:
    return forms.CharField(max_length=column.field.max_length, **given)


def _whole(column: BoundColumn, given: dict[str, Any]) -> forms.Field:
    low, high = column.limits
    return WholeField(min_value=low, max_value=high, error_messages={"invalid": "应为整数,例如 120。"}, **given)


def _figure(column: BoundColumn, given: dict[str, Any]) -> forms.Field:
    low, high = column.limits
    field: Any = column.field
    digits = {"max_digits": field.max_digits, "decimal_places": field.decimal_places}
    wrong = {"invalid": "应为数字,例如 1234.5。"}
    return FigureField(min_value=low, max_value=high, error_messages=wrong, **digits, **given)


def _date(column: BoundColumn, given: dict[str, Any]) -> forms.Field:
    return forms.DateField(widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **given)


def _choice(column: BoundColumn, given: dict[str, Any]) -> forms.Field:
    may_be_empty = column.field.blank or column.field.null
    first = [UNSET] if may_be_empty else [] if column.field.has_default() else [UNCHOSEN]
    choices = [*first, *column.field.flatchoices]
    empty = None if column.field.null else ""
    return forms.TypedChoiceField(choices=choices, coerce=column.field.to_python, empty_value=empty, **given)


def _flag(column: BoundColumn, given: dict[str, Any]) -> forms.Field:
    if column.field.null:
        choices = [UNSET, ("True", "是"), ("False", "否")]
        return forms.TypedChoiceField(choices=choices, coerce=lambda v: v == "True", empty_value=None, **given)
    return forms.BooleanField(**given)


MAKERS: dict[Kind, Callable[[BoundColumn, dict[str, Any]], forms.Field]] = {
    Kind.TEXT: _text,
    Kind.CODE: _code,
    Kind.INTEGER: _whole,
    Kind.YEAR: _whole,
    Kind.DECIMAL: _figure,
    Kind.PERCENT: _figure,
    Kind.DATE: _date,
    Kind.CHOICE: _choice,
    Kind.FLAG: _flag,
}
