"""Jobs of rounds: the bundle of a version for printing, the package for the province."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from spectown.jobs.context import JobContext
from spectown.jobs.registry import job
from spectown.lib.refusal import Refused
from spectown.organisations.actors import acting
from spectown.rounds.models import Case, CaseVersion, Round
from spectown.rounds.packaging import PACKAGE, keep_package, versions_of
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


@job(PACKAGE, title="生成推荐材料包")
def make_package(ctx: JobContext, round: int) -> dict[str, Any]:
    """Summary, sources and bundles of all recommended cases as one zip; may start again at any time."""
    from spectown.web.rounds.packaged import package_of  # fonts and PDF only where a job runs

    actor = acting(ctx.by)
    found = Round.objects.visible_to(actor).filter(pk=round).first()
    versions = versions_of(found) if found else []
    if found is None or not versions:
        raise Refused("没有已推荐的专业镇,或者批次不在您的范围。")
    name, content = package_of(found, versions, ctx.progress)
    ctx.raise_if_cancelled()
    kept = keep_package(round_=found, versions=versions, name=name, content=content, by=actor)
    ctx.look_at(reverse("deciding:recommendation", args=[found.pk]))
    return {"package": kept.pk, "size": kept.size}
