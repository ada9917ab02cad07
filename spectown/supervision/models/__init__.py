"""Rows of dated work."""

from spectown.supervision.models.due import DueRun
from spectown.supervision.models.lights import LightChange
from spectown.supervision.models.sent import Sent
from spectown.supervision.models.terms import Extension, Pause
from spectown.supervision.models.work import Step, Work

__all__ = ["DueRun", "Extension", "LightChange", "Pause", "Sent", "Step", "Work"]
