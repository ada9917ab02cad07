"""Codes of plans."""

from django.db.models import TextChoices


class DutyKind(TextChoices):
    """A unit's part in a task."""

    LEAD = "lead", "牵头"
    PARTICIPANT = "participant", "配合"
    COLLECTIVE = "collective", "按职责分工"


class DayKind(TextChoices):
    """What a day of the calendar is."""

    WORKDAY = "workday", "调休上班"
    HOLIDAY = "holiday", "放假"
