"""reportforms.yaml to report forms; nothing is asked twice. Every fault in Chinese with file, entry and place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from pydantic import TypeAdapter

from spectown.core.monitoring.catalogue import Catalogue
from spectown.core.monitoring.forms import FOOTER, ReportForm
from spectown.core.monitoring.indicator import Indicator, Obtained
from spectown.core.monitoring.reading import Known, read_entries, require
from spectown.core.periods import Every, before

FILE = "reportforms.yaml"
LONGEST = 3  # months that can be joined
_READ = TypeAdapter(ReportForm)


def read_forms(data: Sequence[Mapping[str, Any]], catalogue: Catalogue, known: Known | None = None) -> list[ReportForm]:
    """The entries under `forms` of reportforms.yaml (or of its JSON). Raises MonitoringFault with all faults."""
    forms = read_entries(FILE, "forms", data, _READ)
    faults = [
        f"{FILE} 的 {form.code}:{fault}" for form in forms for fault in _faults(form, catalogue, known or Known())
    ]
    forms = _versions(forms)
    require([*faults, *_between(forms, catalogue)])
    return forms


def _versions(forms: Sequence[ReportForm]) -> list[ReportForm]:
    """A later entry of the same code ends the one before it; the versions of a form follow each other."""
    found = []
    for form in sorted(forms, key=lambda each: each.since.first):
        later = [each.since for each in forms if each.code == form.code and each.since.first > form.since.first]
        end = before(min(later)) if later else None
        ends = end is not None and (form.until is None or end.last < form.until.last)
        found.append(replace(form, until=end) if ends else form)
    first = {form.code: place for place, form in reversed(list(enumerate(forms)))}
    return sorted(found, key=lambda each: first[each.code])


def _faults(form: ReportForm, catalogue: Catalogue, known: Known) -> Iterator[str]:
    codes, window = form.codes, form.window
    if odd := sorted(set(codes) - catalogue.versions.keys()):
        yield f"没有指标 {'、'.join(odd)}"
    if twice := sorted({code for code in codes if codes.count(code) > 1}):
        yield f"指标 {'、'.join(twice)} 写了两次"
    if not 0 <= window.opens <= window.due <= window.closes:
        yield "window 应为 0 ≤ opens ≤ due ≤ closes"
    if form.together and (form.every != Every.MONTH or not 2 <= form.together <= LONGEST):
        yield f"together 只用于月报,为 2 至 {LONGEST}"
    if form.together and 1 < form.since.first[1] <= form.together:
        yield "合并报送的月报应从 1 月起"
    if form.silence < 0:
        yield "silence 不能小于 0"
    if odd := sorted(set(form.footer) - FOOTER.keys()):
        yield f"footer 只能用 {'、'.join(FOOTER)},没有 {'、'.join(odd)}"
    if known.clauses is not None and form.clause not in known.clauses:
        yield f"clause:方案中没有条款 {form.clause}"
    found = [each for code in codes for each in catalogue.versions.get(code, ())]
    if found and all(each.obtained != Obtained.FILLED for each in found):
        yield "没有要填的指标"
    yield from dict.fromkeys(fault for each in found for fault in _unfit(form, each))


def _unfit(form: ReportForm, each: Indicator) -> Iterator[str]:
    """A figure is asked for its own period; what is only shown may be finer."""
    asked = each.obtained == Obtained.FILLED
    if each.every.months > form.every.months or (asked and each.every != form.every):
        yield f"“{each.name}”按{each.every.label},不能放在按{form.every.label}的报表里"


def _between(forms: Sequence[ReportForm], catalogue: Catalogue) -> list[str]:
    """Codes told apart, and no figure asked for twice for the same time."""
    faults = []
    for place, form in enumerate(forms):
        for other in forms[:place]:
            if form.code == other.code and form.every != other.every:
                faults.append(f"{FILE}:{form.code} 的报送频率不能改,请另立一张报表")
            if form.code == other.code and form.since == other.since:
                faults.append(f"{FILE}:代码 {form.code} 用了两次")
            if not _overlap(form, other):
                continue
            faults += [
                f"{FILE}:“{each.name}”在“{other.name}”和“{form.name}”中都要填,请只留一处"
                for each in _both(form, other, catalogue)
            ]
    return faults


def _overlap(one: ReportForm, other: ReportForm) -> bool:
    return (one.until is None or other.since.first <= one.until.last) and (
        other.until is None or one.since.first <= other.until.last
    )


def _both(one: ReportForm, other: ReportForm, catalogue: Catalogue) -> list[Indicator]:
    found = [catalogue.versions[code][-1] for code in one.codes if code in other.codes and code in catalogue.versions]
    return [each for each in found if each.obtained == Obtained.FILLED]
