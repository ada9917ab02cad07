"""The list of rounds."""

from __future__ import annotations

from django.db.models import Count
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from spectown.accounts.permissions import Permission
from spectown.rounds.models import Case, Round, RulesVersion
from spectown.web.http import Request, needs, page, paged
from spectown.web.rounds.words import ROUND_TONES


@require_safe
@needs(Permission.APPLICATION_VIEW)
def round_list(request: Request) -> HttpResponse:
    """Everybody of the programme: which rounds are there, until when may counties hand in, how many cases."""
    rounds = Round.objects.visible_to(request.actor).prefetch_related("rules_versions")
    rows = paged(request, rounds)
    visible = Case.objects.visible_to(request.actor).filter(round__in=[row.pk for row in rows])
    counts = dict(visible.order_by().values_list("round").annotate(Count("pk")))
    items = [(row, in_force(row).rules, counts.get(row.pk, 0), ROUND_TONES.get(row.state, "neutral")) for row in rows]
    return page(request, "rounds/list.html", {"rows": rows, "items": items}, title="认定批次", partial="rows")


def in_force(round_: Round) -> RulesVersion:
    """The newest published version out of those read with the round, of a draft the newest."""
    versions = sorted(round_.rules_versions.all(), key=lambda each: each.number)
    return [*versions, *(each for each in versions if each.published_at)][-1]
