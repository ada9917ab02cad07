"""Samples for rechecks (复核抽样) for everybody: seed, all candidates, who was drawn, and how to repeat it."""

from __future__ import annotations

from shlex import quote

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from spectown.core.rounds.drawing import key
from spectown.rounds.models import RecheckSample
from spectown.rounds.samples import drawn_numbers, purpose, repeats
from spectown.web.http import Request, page


@require_safe
@login_not_required
def sample(request: Request, pk: int) -> HttpResponse:
    """Towns and anybody who doubts a draw: was it done as announced? Every key stands here and can be worked out."""
    found = get_object_or_404(RecheckSample.objects.select_related("round"), pk=pk)
    drawn = set(drawn_numbers(found))
    counties = [(name, _keys(found, name, numbers, drawn)) for name, numbers in found.result["candidates"].items()]
    context = {
        "sample": found,
        "counties": counties,
        "drawn": len(drawn),
        "candidates": sum(len(rows) for _, rows in counties),
        "repeats": repeats(found),
        "example": _example(found),
    }
    crumbs = [("公示", reverse("public:publicities"))]
    return page(request, "public/sample.html", context, title=f"{found.round}抽样记录", crumbs=crumbs)


def _keys(found: RecheckSample, county: str, numbers: list[str], drawn: set[str]) -> list[dict[str, object]]:
    """Candidates of a county in the order of their keys."""
    names = found.result["names"]
    keyed = sorted((key(found.seed, purpose(county), number), number) for number in numbers)
    return [
        {"key": each, "number": number, "name": names.get(number, ""), "drawn": number in drawn}
        for each, number in keyed
    ]


def _example(found: RecheckSample) -> str:
    """The command that gives the key of the first candidate."""
    county, numbers = next(iter(found.result["candidates"].items()))
    said = " ".join(quote(text) for text in (found.seed, purpose(county), numbers[0]))
    return rf"printf '%s\n%s\n%s' {said} | sha256sum"
