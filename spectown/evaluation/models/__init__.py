"""Models of evaluation."""

from spectown.evaluation.models.frozen import Participant, Snapshot, SnapshotValue
from spectown.evaluation.models.process import Evaluation, EvaluationEntry, EvaluationStep
from spectown.evaluation.models.public import Package, Publication
from spectown.evaluation.models.result import Result, ResultRow
from spectown.evaluation.models.said import Confirmation, Decision, Reply
from spectown.evaluation.models.scheme import Scheme, SchemeStep

__all__ = [
    "Confirmation",
    "Decision",
    "Evaluation",
    "EvaluationEntry",
    "EvaluationStep",
    "Package",
    "Participant",
    "Publication",
    "Reply",
    "Result",
    "ResultRow",
    "Scheme",
    "SchemeStep",
    "Snapshot",
    "SnapshotValue",
]
