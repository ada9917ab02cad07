"""Who is locked out now, as axes counts it: failures per name and address within the cool-off."""

from __future__ import annotations

from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Sum
from django.utils import timezone


def locked_usernames() -> set[str]:
    """Lower-case names (of users or of nobody) with too many failures from at least one address."""
    recent = AccessAttempt.objects.filter(attempt_time__gte=timezone.now() - settings.AXES_COOLOFF_TIME)
    counted = recent.order_by().values("username", "ip_address").annotate(failures=Sum("failures_since_start"))
    over = counted.filter(failures__gte=settings.AXES_FAILURE_LIMIT)
    return {str(name).lower() for name in over.values_list("username", flat=True) if name}
