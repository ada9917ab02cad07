"""Jobs of the pages: bundles."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from spectown.certification.models import Application
from spectown.documents.models.bundles import Bundle
from spectown.documents.services.bundling import keep_bundle
from spectown.jobs.context import JobContext
from spectown.jobs.registry import job
from spectown.lib.refusal import Refused
from spectown.organisations.actors import acting
from spectown.web.bundles.meeting import AGENDA, meeting_of

# What makes the files is imported where a job runs: slides and PDF take 50 MB that no web process should hold.
MEETING, EVIDENCE = "bundles.meeting", "bundles.evidence"


@job(MEETING, title="生成会议包")
def make_meeting(ctx: JobContext, month: str, agenda: list[str] | None = None) -> dict[str, Any]:
    """The material of a month's meeting; may start again at any time."""
    from spectown.web.bundles.zipped import meeting_zip

    actor = acting(ctx.by)
    meeting = meeting_of(actor, month, ctx.progress, agenda or AGENDA)
    ctx.raise_if_cancelled()
    return _done(ctx, keep_bundle(made=meeting_zip(meeting, ctx.progress), by=actor))


@job(EVIDENCE, title="汇编证明材料")
def make_evidence(ctx: JobContext, application: int) -> dict[str, Any]:
    """The evidence of an application as one PDF; may start again at any time."""
    from spectown.web.bundles.evidence import evidence_of

    actor = acting(ctx.by)
    found = Application.objects.visible_to(actor).select_related("unit", "version").filter(pk=application).first()
    if found is None:
        raise Refused("没有这份申报书,或者不属于您的范围。")
    return _done(ctx, keep_bundle(made=evidence_of(found), by=actor))


def _done(ctx: JobContext, bundle: Bundle) -> dict[str, Any]:
    ctx.look_at(reverse("bundles:list"))
    return {"bundle": bundle.pk, "size": bundle.size}
