"""The words of a pre-certification result; the codes are stable, the labels are what people read."""

from enum import StrEnum


class Path(StrEnum):
    """The two ways to qualify; the relaxed one has its own conditions and its own evidence (方案 二(四))."""

    STANDARD = "standard"
    RELAXED = "relaxed"


class Outcome(StrEnum):
    """What one criterion came to on one path."""

    MET = "met"
    UNMET = "unmet"
    UNDETERMINED = "undetermined"
    NEEDS_JUDGEMENT = "needs_judgement"
    MISSING = "missing"

    @property
    def label(self) -> str:
        """Chinese label for the screen."""
        return _OUTCOME_LABELS[self]


class Overall(StrEnum):
    """What a path, or the whole application, came to."""

    QUALIFIES = "qualifies"
    NOT_YET = "not_yet"
    UNDETERMINED = "undetermined"

    @property
    def label(self) -> str:
        """Chinese label for the screen."""
        return _OVERALL_LABELS[self]


class NeedKind(StrEnum):
    """What kind of thing is still needed; NEED_RANK in missing.py orders them."""

    INCREASE = "increase"  # a reported figure is too small
    CHANGE = "change"  # a reported fact speaks against the path
    REJUDGE = "rejudge"  # judged as not met: improve, then have it judged again
    FILL = "fill"  # a figure or fact nobody has filled in
    EVIDENCE = "evidence"  # the supporting material is not there
    REASON = "reason"  # a soft rule (原则上) is left and the written reason is not there
    JUDGEMENT = "judgement"  # an expert has to judge
    DECISION = "decision"  # the office has to set a standard

    @property
    def label(self) -> str:
        """Chinese label for the screen."""
        return _NEED_LABELS[self]


_OUTCOME_LABELS = {
    Outcome.MET: "满足",
    Outcome.UNMET: "不满足",
    Outcome.UNDETERMINED: "待定",
    Outcome.NEEDS_JUDGEMENT: "需专家判断",
    Outcome.MISSING: "缺数据",
}
_OVERALL_LABELS = {
    Overall.QUALIFIES: "符合条件",
    Overall.NOT_YET: "尚不符合条件",
    Overall.UNDETERMINED: "待定",
}
_NEED_LABELS = {
    NeedKind.INCREASE: "数额不足",
    NeedKind.CHANGE: "条件不具备",
    NeedKind.REJUDGE: "判断为不满足",
    NeedKind.FILL: "缺数据",
    NeedKind.EVIDENCE: "缺证明材料",
    NeedKind.REASON: "缺书面理由",
    NeedKind.JUDGEMENT: "需专家判断",
    NeedKind.DECISION: "需确定标准",
}
