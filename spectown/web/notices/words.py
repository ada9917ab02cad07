"""Words of notices: tones of states, next steps, addresses of what they are about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.urls import reverse

from spectown.evaluation.models import Participant
from spectown.lists.registry import ledger_of
from spectown.supervision.models import Finding, Work
from spectown.towns.models import Town
from spectown.web.duties.pages import page_of
from spectown.web.lists.found import row_url

TONES = {
    "draft": "neutral",
    "checking": "yellow",
    "checked": "yellow",
    "issued": "blue",
    "receipted": "blue",
    "rectifying": "blue",
    "reported": "yellow",
    "verified": "yellow",
    "closed": "green",
    "withdrawn": "neutral",
}
NEXT = {
    "draft": "写完送核",
    "checking": "核稿",
    "checked": "签发",
    "issued": "签收",
    "receipted": "报整改方案",
    "rectifying": "整改并报结果",
    "reported": "核查",
    "verified": "确认并销号",
}
OFFICE_STATES, UNIT_STATES = ("draft", "checking", "reported"), ("issued", "receipted", "rectifying")


def links_of(keys: Iterable[str]) -> dict[str, str]:
    """Addresses of what keys are about, those that have a page; a fixed number of queries however many."""
    numbers: dict[str, set[int]] = defaultdict(set)
    for key in keys:
        kind, _, number = key.partition(":")
        if number.isdecimal():
            numbers[kind].add(int(number))
    found = _projects(numbers["project"]) | _towns(numbers["town"]) | _findings(numbers["finding"])
    found |= _evaluated(numbers["evaluation"])
    works = numbers["measure"] | numbers["notice"] | numbers["problem"]
    rows = Work.objects.filter(pk__in=works).select_related("measure", "notice", "problem") if works else ()
    return found | {f"{work.kind}:{work.pk}": page_of(work) for work in rows}


def _projects(numbers: set[int]) -> dict[str, str]:
    ledger = ledger_of("projects")
    return {f"project:{pk}": row_url(ledger, pk) for pk in numbers} if ledger else {}


def _towns(numbers: set[int]) -> dict[str, str]:
    codes = Town.objects.filter(pk__in=numbers).values_list("pk", "code") if numbers else ()
    return {f"town:{pk}": reverse("towns:town", args=[code]) for pk, code in codes}


def _evaluated(numbers: set[int]) -> dict[str, str]:
    rows = Participant.objects.filter(pk__in=numbers).select_related("snapshot__evaluation", "town")
    rows = rows.only("town__code", "snapshot__evaluation__year", "snapshot__evaluation__code")  # no snapshot as a whole
    keys = [(row.pk, row.snapshot.evaluation.key, row.town.code) for row in rows] if numbers else []
    return {f"evaluation:{pk}": reverse("evaluation:town", args=[key, code]) for pk, key, code in keys}


def _findings(numbers: set[int]) -> dict[str, str]:
    rows = Finding.objects.filter(pk__in=numbers).values_list("pk", "answer__place__visit") if numbers else ()
    return {f"finding:{pk}": f"{reverse('visits:visit', args=[visit])}#finding-{pk}" for pk, visit in rows}
