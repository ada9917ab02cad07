"""The form fields of core.certification.fields as Django widgets; reading and judging values stays in the core."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from itertools import groupby
from typing import Any

from django import forms
from django.forms.renderers import BaseRenderer
from django.http import QueryDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from spectown.core.certification.fields import Field, FieldKind
from spectown.core.certification.money import plain
from spectown.core.certification.outcomes import Overall

NUMBERS = {FieldKind.MONEY, FieldKind.PERCENT, FieldKind.INTEGER, FieldKind.YEAR}
ANSWERS = {True: "yes", False: "no"}


def sections(fields: Iterable[Field]) -> list[tuple[str, list[Field]]]:
    """Fields by section, in the order of the form."""
    return [(name, list(group)) for name, group in groupby(fields, key=lambda field: field.section)]


def raw_from(fields: Iterable[Field], data: QueryDict) -> dict[str, object]:
    """The values as typed, by field code; a field that was not sent is left out, a list without a tick is empty."""
    return {
        field.code: data.getlist(field.code) if field.kind is FieldKind.LIST else data.get(field.code, "")
        for field in fields
        if field.kind is FieldKind.LIST or field.code in data
    }


class AnswerForm(forms.Form):
    """Draws one short page of the 申报书 with the values given; it decides nothing."""

    use_required_attribute = False

    def __init__(
        self, fields: Iterable[Field], values: Mapping[str, object], counties: Iterable[str], faulty: Iterable[str]
    ) -> None:
        super().__init__(initial={code: _shown(value) for code, value in values.items()})
        faults = set(faulty)
        for field in fields:
            made = _form_field(field, list(counties), self.initial.get(field.code))
            made.widget.attrs["aria-describedby"] = f"fault-{field.code}"
            if field.code in faults:
                made.widget.attrs |= {"aria-invalid": "true", "class": "is-invalid"}
            self.fields[field.code] = made


def _shown(value: object) -> object:
    """A raw value as the widgets want it."""
    if isinstance(value, bool):
        return ANSWERS[value]
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value


def _form_field(field: Field, counties: list[str], initial: object) -> forms.Field:
    options: dict[str, Any] = {"label": field.label, "help_text": field.hint, "required": field.needed}
    if field.kind is FieldKind.LIST:
        options["help_text"] = field.hint.replace("有多个的用顿号隔开", "可选多个").replace(";;", ";")
        return forms.MultipleChoiceField(
            choices=_county_choices(counties, initial), widget=forms.CheckboxSelectMultiple, **options
        )
    if field.kind is FieldKind.YES_NO:
        choices = [(choice.code, choice.label) for choice in field.choices]
        return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **options)
    if field.choices:
        return forms.CharField(widget=Suggested(field), **options)
    return forms.CharField(widget=_widget(field), **options)


def _widget(field: Field) -> forms.Widget:
    if field.kind is FieldKind.LONG_TEXT:
        return forms.Textarea(attrs={"rows": 4})
    if field.kind in NUMBERS:
        return forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    return forms.TextInput(attrs={"autocomplete": "off"})


class Suggested(forms.TextInput):
    """A line of text with the known values to choose from; other values may be typed."""

    def __init__(self, field: Field) -> None:
        super().__init__(attrs={"autocomplete": "off", "list": f"list-{field.code}"})
        self.choices = field.choices

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: BaseRenderer | None = None
    ) -> SafeString:
        """The input with labels instead of codes, and its list."""
        labels = {choice.code: choice.label for choice in self.choices}
        line = super().render(name, labels.get(value, value), attrs, renderer)
        options = format_html_join("", '<option value="{}"></option>', ((label,) for label in labels.values()))
        return format_html('{}<datalist id="{}">{}</datalist>', line, self.attrs["list"], options)


def _county_choices(counties: list[str], initial: object) -> list[tuple[str, str]]:
    stored = [str(name) for name in initial] if isinstance(initial, list | tuple) else [str(initial)] if initial else []
    return [(name, name) for name in [*counties, *(n for n in stored if n not in counties)]]


def words(field: Field, value: object) -> str:
    """A raw value in words; empty where nothing is reported."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list | tuple):
        return "、".join(map(str, value))
    if isinstance(value, Decimal | int) and field.kind is not FieldKind.YEAR:
        return plain(value)
    return next((choice.label for choice in field.choices if choice.code == value), str(value))


class FilterForm(forms.Form):
    """Which applications to list."""

    q = forms.CharField(label="名称或主导产业", required=False, max_length=80)
    state = forms.ChoiceField(label="状态", required=False)
    unit = forms.ChoiceField(label="申报单位", required=False)
    category = forms.ChoiceField(label="类别", required=False)
    overall = forms.ChoiceField(
        label="预审结论", required=False, choices=[("", "全部"), *((each.value, each.label) for each in Overall)]
    )

    def __init__(self, choices: Mapping[str, list[tuple[str, str]]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, values in choices.items():
            if len(values) < 2:
                del self.fields[name]
                continue
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [("", "全部"), *values]


class FileForm(forms.Form):
    """A filled workbook."""

    file = forms.FileField(
        label="填好的 Excel 文件", error_messages={"required": "请先选择文件。", "empty": "文件是空的。"}
    )
    file.widget.attrs["accept"] = ".xlsx"
