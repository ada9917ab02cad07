"""Drop-downs that are searched by name, pinyin or initials where scripts run; plain ones otherwise (js/choices.js)."""

from __future__ import annotations

from typing import Any

from django import forms

from spectown.lib.pinyin import keys

SEARCH = "data-search"  # js/choices.js looks for it


def search_keys(label: str) -> str:
    """What a name is found by besides itself: 长治市 -> "changzhishi czs"."""
    return " ".join(keys(label))


class SearchSelect(forms.Select):
    """A drop-down of names, each option with its pinyin."""

    def __init__(self, attrs: dict[str, Any] | None = None, choices: Any = ()) -> None:
        super().__init__({SEARCH: "", **(attrs or {})}, choices)

    def create_option(self, name: str, value: Any, label: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """One option; the empty one needs no pinyin."""
        made = super().create_option(name, value, label, *args, **kwargs)
        if value:
            made["attrs"]["data-keys"] = search_keys(str(label))
        return made


class SearchSeveral(SearchSelect, forms.SelectMultiple):
    """Several names out of many."""
