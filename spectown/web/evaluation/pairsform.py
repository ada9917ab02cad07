"""Comparing each with each (AHP): the form, the matrix, what contradicts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from spectown.core.evaluation.drafting import Place, bare
from spectown.core.evaluation.pairwise import LARGEST, SCALE, Compared, compared, couples, in_words, said_of


def compared_of(place: Place) -> Compared | None:
    """Weights from the comparisons of a node; None where they are not all made."""
    codes = [child["code"] for child in place.children]
    if not 2 <= len(codes) <= LARGEST:
        return None
    return compared(codes, place.node.get("pairs", []))


class PairsForm(forms.Form):
    """Each with each, once, in words."""

    def __init__(self, data: Any, *, place: Place, names: Mapping[str, str]) -> None:
        super().__init__(data)
        codes = [child["code"] for child in place.children]
        said = said_of(codes, place.node.get("pairs", []))
        self.couples = couples(codes)
        for number, (first, second) in enumerate(self.couples):
            one, two = names.get(first, first), names.get(second, second)
            self.fields[f"p{number}"] = forms.ChoiceField(
                label=f"{one} 与 {two}",
                required=False,
                choices=_choices(one, two),
                initial=_key(said.get((first, second))),
            )

    @property
    def pairs(self) -> list[tuple[str, str, float]]:
        """Those that were made; only of a valid form."""
        found = [(one, two, self.cleaned_data[f"p{n}"]) for n, (one, two) in enumerate(self.couples)]
        return [(one, two, _times(key)) for one, two, key in found if key]


def _choices(one: str, two: str) -> list[tuple[str, str]]:
    more = [(str(step), f"{one} {SCALE[step]}({step})") for step in range(9, 1, -1)]
    less = [(f"-{step}", f"{two} {SCALE[step]}({step})") for step in range(2, 10)]
    return [("", "还没有比较"), *more, ("1", "同样重要(1)"), *less]


def _key(times: float | None) -> str:
    if times is None:
        return ""
    return str(round(times)) if times >= 1 else f"-{round(1 / times)}"


def _times(key: str) -> float:
    return bare(float(key)) if int(key) > 0 else 1 / -int(key)


def against(each: Any, names: Mapping[str, str]) -> str:
    """One of the comparisons that contradict most, beside what the others say."""
    one, two = names.get(each.first, each.first), names.get(each.second, each.second)
    return f"您填的是{in_words(each.said, one, two)},按其余的比较应是{in_words(each.implied, one, two)}"


def matrix_of(place: Place, names: Mapping[str, str]) -> list[tuple[str, list[str]]]:
    """The whole matrix as a paper of the meeting shows it."""
    codes = [child["code"] for child in place.children]
    said = said_of(codes, place.node.get("pairs", []))

    def cell(one: str, two: str) -> str:
        if one == two:
            return "1"
        key = _key(said.get((one, two)))
        back = _key(said.get((two, one)))
        shown = key or (
            back.removeprefix("-") if back.startswith("-") else f"-{back}" if back not in ("", "1") else back
        )
        return f"1/{shown[1:]}" if shown.startswith("-") else shown

    return [(names.get(one, one), [cell(one, two) for two in codes]) for one in codes]
