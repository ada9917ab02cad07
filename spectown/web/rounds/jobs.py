"""Jobs of rounds: the bundle of a version for printing."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from spectown.jobs.context import JobContext
from spectown.jobs.registry import job
from spectown.lib.refusal import Refused
from spectown.organisations.actors import acting
from spectown.rounds.models import Case, CaseVersion
from spectown.rounds.services.printing import keep_print

PRINT = "rounds.print"


@job(PRINT, title="生成申报打印件")
def make_print(ctx: JobContext, version: int) -> dict[str, Any]:
    """The figures and all materials of a version as one PDF with contents; may start again at any time."""
    from spectown.web.rounds.printed import print_of  # fonts and PDF only where a job runs

    actor = acting(ctx.by)
    found = CaseVersion.objects.filter(pk=version, case__in=Case.objects.visible_to(actor)).first()
    if found is None:
        raise Refused("没有这个版本,或者不属于您的范围。")
    name, content = print_of(found)
    ctx.raise_if_cancelled()
    kept = keep_print(version=found, name=name, content=content, by=actor)
    ctx.look_at(f"{reverse('rounds:case', args=[found.case_id])}#versions")
    return {"print": kept.pk, "size": kept.size}
