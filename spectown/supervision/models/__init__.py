"""Rows of dated work."""

from spectown.supervision.models.due import DueRun
from spectown.supervision.models.lights import LightChange
from spectown.supervision.models.notices import Demand, Notice, NoticeFigure, SetAside
from spectown.supervision.models.rectifying import NoticeFile, NoticeReport
from spectown.supervision.models.sent import Sent
from spectown.supervision.models.terms import Extension, Pause
from spectown.supervision.models.work import Step, Work

__all__ = [
    "Demand",
    "DueRun",
    "Extension",
    "LightChange",
    "Notice",
    "NoticeFigure",
    "NoticeFile",
    "NoticeReport",
    "Pause",
    "Sent",
    "SetAside",
    "Step",
    "Work",
]
