"""The package of a recommendation (推荐材料包): which versions go into it, the job that makes it, where it is kept."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from django.core.files.base import ContentFile
from django.db import transaction

from spectown.accounts.permissions import Permission
from spectown.audit import services as audit
from spectown.jobs.models import Job
from spectown.jobs.services import enqueue
from spectown.organisations.actors import Actor
from spectown.rounds.models import Case, CaseVersion, RecommendationPackage, Round

PACKAGE = "rounds.package"  # the job is web.rounds.jobs.make_package
GOES = ("recommended", "province_awarded", "province_declined")


def versions_of(round_: Round) -> list[CaseVersion]:
    """The decided version of every case that goes to the province, in the order in which they were recommended."""
    cases = Case.objects.filter(round=round_, state__in=GOES).select_related("unit", "town", "application", "rules")
    decided = {case.pk: case.decisions.filter(decided="recommend").order_by("pk").last() for case in cases}
    order = sorted((made.pk, made.version_id) for made in decided.values() if made is not None)
    found = CaseVersion.objects.select_related(
        "case__unit", "case__town", "case__application__version", "case__rules", "case__round", "made_by"
    ).in_bulk([version for _, version in order])
    return [found[version] for _, version in order]


def ask_for_package(*, round_: Round, by: Actor) -> Job:
    """Ask for the package as a job; where one already waits, that one."""
    waiting = Job.objects.filter(kind=PACKAGE, args={"round": round_.pk}, state="queued").first()
    return waiting or enqueue(kind=PACKAGE, args={"round": round_.pk}, by=by, title=f"生成推荐材料包 {round_.name}")


@transaction.atomic
def keep_package(
    *, round_: Round, versions: Sequence[CaseVersion], name: str, content: bytes, by: Actor
) -> RecommendationPackage:
    """Keep a package; the newest of a round counts, earlier ones stay on record."""
    if not by.may(Permission.CASE_DECIDE):
        by.require(Permission.CASE_PROPOSE)
    made = RecommendationPackage.objects.create(
        round=round_,
        versions=[version.pk for version in versions],
        file=ContentFile(content, name=name),
        name=name,
        content_type="application/zip",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        uploaded_by_id=by.person,
    )
    audit.record(
        by=by, action="recommendation.package", obj=made, after={"cases": len(versions), "sha256": made.sha256}
    )
    return made
