"""Rows of dated work."""

from spectown.supervision.models.due import DueRun
from spectown.supervision.models.lights import LightChange
from spectown.supervision.models.measure import Measure, Milestone
from spectown.supervision.models.meetings import AgendaItem, Decision, Meeting
from spectown.supervision.models.notices import Demand, Notice, NoticeFigure, SetAside
from spectown.supervision.models.problem import Problem, ProblemFile
from spectown.supervision.models.rectifying import NoticeFile, NoticeReport
from spectown.supervision.models.report import Rating, Reached, Report, ReportFile
from spectown.supervision.models.sent import Sent
from spectown.supervision.models.terms import Extension, Pause
from spectown.supervision.models.visits import Finding, Visit, VisitAnswer, VisitTown
from spectown.supervision.models.work import Step, Work

__all__ = [
    "AgendaItem",
    "Decision",
    "Demand",
    "DueRun",
    "Extension",
    "Finding",
    "LightChange",
    "Measure",
    "Meeting",
    "Milestone",
    "Notice",
    "NoticeFigure",
    "NoticeFile",
    "NoticeReport",
    "Pause",
    "Problem",
    "ProblemFile",
    "Rating",
    "Reached",
    "Report",
    "ReportFile",
    "Sent",
    "SetAside",
    "Step",
    "Visit",
    "VisitAnswer",
    "VisitTown",
    "Work",
]
