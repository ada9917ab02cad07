"""What calls for a notice today: proposals with their evidence, and what is not proposed and why."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from spectown.accounts.permissions import Permission
from spectown.core.supervision.triggers import Proposal
from spectown.lib.refusal import Refused
from spectown.organisations.models import Unit
from spectown.supervision.notices.burden import burdens_by
from spectown.supervision.notices.matters import weighed, weighed_by
from spectown.supervision.notices.settings import stored_settings
from spectown.supervision.services import notices
from spectown.web.http import Request, attempted, needs, page, paged
from spectown.web.notices.words import links_of

SHOWN, A_PAGE = 100, 10


@require_safe
@needs(Permission.PLAN_MANAGE)
def proposed(request: Request) -> HttpResponse:
    """The office, before it writes: what has gone wrong, what is known already?"""
    today = timezone.localdate()
    settings = stored_settings(today)
    found = weighed_by(settings, today) if settings else []
    names = dict(Unit.objects.filter(pk__in={p.matter.unit for p in found}).values_list("pk", "name"))
    links = links_of(line.link for p in found for line in p.matter.evidence)
    counts = burdens_by(settings, today.year) if settings else {}
    standing = paged(request, [p for p in found if p.stands], size=A_PAGE)
    standing.object_list = [_shown(p, names, links, counts) for p in standing]
    others = [p for p in found if not p.stands]
    context = {
        "standing": standing,
        "others": [_shown(p, names, links, counts) for p in others[:SHOWN]],
        "others_said": f"{len(others)} 项,各写明理由",
        "triggers": list(settings.triggers.values()) if settings else [],
    }
    return page(request, "notices/proposals.html", context, title="督办建议")


def _shown(proposal: Proposal, names: dict[int, str], links: dict[str, str], counts: Any) -> dict[str, Any]:
    matter = proposal.matter
    return {
        "proposal": proposal,
        "unit": names.get(matter.unit or 0, ""),
        "burden": counts.get(matter.unit),
        "lines": [(line, links.get(line.link, "")) for line in matter.evidence],
        "dialog": f"aside-{matter.trigger}-{matter.key.replace(':', '-')}",
    }


@require_POST
@needs(Permission.PLAN_MANAGE)
def aside(request: Request) -> HttpResponse:
    """The office decides against a notice, and says why."""
    occasion = request.GET.get("occasion", "")

    def change() -> str:
        found = next((p for p in weighed(timezone.localdate()) if p.matter.occasion == occasion), None)
        if found is None:
            raise Refused("这一情形已经变化,请重新查看。")
        notices.set_aside(proposal=found, reason=request.POST.get("reason", ""), by=request.actor)
        return f"已记下:{found.matter.title}不督办。"

    attempted(request, change)
    return redirect("notices:proposals")
