"""Words of notices: tones of states, next steps, addresses of what they are about."""

from __future__ import annotations

from django.urls import reverse

from spectown.lists.registry import ledger_of
from spectown.towns.models import Town
from spectown.web.lists.found import row_url
from spectown.web.nav import address

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


def link_of(key: str, towns: dict[int, str] | None = None) -> str:
    """Address of what a key is about; empty where there is no page."""
    kind, _, number = key.partition(":")
    if not number.isdecimal():
        return ""
    if kind == "project" and (ledger := ledger_of("projects")):
        return row_url(ledger, int(number))
    if kind == "town":
        code = (towns or {}).get(int(number)) or Town.objects.filter(pk=number).values_list("code", flat=True).first()
        return reverse("towns:town", args=[code]) if code else ""
    return address("supervision:work", pk=number) if kind == "measure" else ""
