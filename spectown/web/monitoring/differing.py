"""What a draft changes, item by item, in the words of the form; of a report form only what comes, goes or moves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.forms import BaseForm

from spectown.core.monitoring.editing import LABELS
from spectown.core.periods import of_code
from spectown.monitoring.catalogue import plan_data
from spectown.monitoring.drafts import Preview

Row = dict[str, str]
Groups = Sequence[Mapping[str, Any]]


def rows_of(form: BaseForm, shown: Preview | None) -> list[Row]:
    """For c-difference; empty where nothing is looked at yet."""
    if shown is None:
        return []
    found: list[Row] = []
    for name, label in LABELS.items():
        if label in {**shown.left, **shown.right}:
            before, after = shown.left.get(label), shown.right.get(label)
            if name == "groups":
                found += _groups(before or [], after or [])
            else:
                found.append({"label": label, "before": _said(form, name, before), "after": _said(form, name, after)})
    return found


def _said(form: BaseForm, name: str, value: Any) -> str:
    if value is None:
        return ""
    if name in ("since", "until"):
        return of_code(str(value)).label
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, dict):
        return "、".join(f"{LABELS.get(key, key)} {each}" for key, each in value.items() if key != "count")
    words = dict(getattr(form.fields.get(name), "choices", ()))
    if isinstance(value, list):
        return "、".join(str(words.get(each, each)) for each in value)
    return str(words.get(value, value))


def _groups(before: Groups, after: Groups) -> Iterator[Row]:
    """A row for each group with what leaves it and what comes to it; without either, its order changed."""
    old, new = ({each["name"]: list(each["indicators"]) for each in groups} for groups in (before, after))
    for name in dict.fromkeys([*old, *new]):
        left, right = old.get(name, []), new.get(name, [])
        if left != right:
            gone, come = [each for each in left if each not in right], [each for each in right if each not in left]
            told = (gone, come) if gone or come else (left, right)
            yield {"label": f"组:{name}", "before": _names(told[0]), "after": _names(told[1])}


def _names(codes: Sequence[str]) -> str:
    versions = plan_data().catalogue.versions
    return "、".join(versions[code][-1].name if code in versions else code for code in codes)
