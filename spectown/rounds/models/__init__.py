"""Models of certification rounds, one file a noun."""

from spectown.rounds.models.case import Case, CaseVersion, Step
from spectown.rounds.models.decision import CaseNote, Decision, Ruling, Vote
from spectown.rounds.models.experts import Draw, Expert, Score, Seat, VisitNote
from spectown.rounds.models.materials import (
    CasePrint,
    CorrectionItem,
    ItemVerdict,
    Material,
    RecommendationPackage,
    StampedScan,
)
from spectown.rounds.models.papers import DueDocument
from spectown.rounds.models.publicity import Objection, ObjectionFile, Publicity, PublicityEntry
from spectown.rounds.models.round import LateEntry, Round, RulesVersion
from spectown.rounds.models.titles import RecheckSample, Title

__all__ = [
    "Case",
    "CaseNote",
    "CasePrint",
    "CaseVersion",
    "CorrectionItem",
    "Decision",
    "Draw",
    "DueDocument",
    "Expert",
    "ItemVerdict",
    "LateEntry",
    "Material",
    "Objection",
    "ObjectionFile",
    "Publicity",
    "PublicityEntry",
    "RecheckSample",
    "RecommendationPackage",
    "Round",
    "RulesVersion",
    "Ruling",
    "Score",
    "Seat",
    "StampedScan",
    "Step",
    "Title",
    "VisitNote",
    "Vote",
]
