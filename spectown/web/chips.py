"""The conditions of a filter form as chips: each says what it filters by and leads to the list without it."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.http import HttpRequest

PAGING = ("page", "before", "after")  # another filter starts again at the first page


@dataclass(frozen=True, slots=True)
class Chip:
    """One condition in force; `url` is the present address without it."""

    label: str
    url: str


def chips_of(request: HttpRequest, form: forms.BaseForm) -> list[Chip]:
    """Chips of all valid, filled fields of a bound filter form."""
    if not form.is_bound:
        return []
    form.full_clean()
    filled = {name: value for name, value in form.cleaned_data.items() if value not in (None, "")}
    return [
        Chip(f"{form.fields[name].label}:{_words(form[name], value)}", _without(request, name))
        for name, value in filled.items()
    ]


def _words(field: forms.BoundField, value: object) -> str:
    choices = getattr(field.field, "choices", None)
    if choices is None or isinstance(field.field, forms.ModelChoiceField):
        return str(value)
    return str(dict(choices).get(value, value))


def _without(request: HttpRequest, name: str) -> str:
    params = request.GET.copy()
    for key in (name, *PAGING):
        params.pop(key, None)
    return f"?{params.urlencode()}"
