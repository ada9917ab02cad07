"""Which version of the plan everybody may read."""

from __future__ import annotations

from spectown.plans.models import PlanVersion

CLOSED = ("不予公开", "不公开", "依申请", "内部")


def is_published(version: PlanVersion) -> bool:
    """True where the plan itself says 公开, or bears a date of publication, and does not say the opposite."""
    words = version.disclosure
    if any(word in words for word in CLOSED):
        return False
    return "公开" in words or version.published_date is not None


def published_plan() -> PlanVersion | None:
    """The current version, if everybody may read it."""
    version = PlanVersion.objects.current()
    return version if version and is_published(version) else None
