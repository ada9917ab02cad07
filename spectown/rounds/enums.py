"""Codes of certification rounds. States of cases stand in core.rounds.states, one table a kind of round."""

from django.db.models import TextChoices

from spectown.core.rounds.lifecycles import OBJECTION, ROUND, TITLE
from spectown.core.rounds.states import CASES
from spectown.core.rounds.words import RoundKind

KINDS = [(kind.value, kind.label) for kind in RoundKind]
ROUND_STATES = list(ROUND.labels.items())
CASE_STATES = list({state: label for table in CASES.values() for state, label in table.labels.items()}.items())
OBJECTION_STATES = list(OBJECTION.labels.items())
TITLE_STATES = list(TITLE.labels.items())


class Verdict(TextChoices):
    """What the formal check (形式审查) found in one item."""

    FINE = "fine", "符合"
    WRONG = "wrong", "错误"
    INCOMPLETE = "incomplete", "不全"
    OUTDATED = "outdated", "过期"
    PASSED_BY_SILENCE = "silence", "期满未提问题"


GOOD = (Verdict.FINE, Verdict.PASSED_BY_SILENCE)


class Chosen(TextChoices):
    """How a panel came about."""

    DRAWN = "drawn", "随机抽取"
    PICKED = "picked", "选定"
    RESERVE = "reserve", "候补递补"


class Ballot(TextChoices):
    """One vote."""

    FOR = "for", "同意"
    AGAINST = "against", "不同意"
    ABSTAINED = "abstained", "弃权"
    RECUSED = "recused", "回避"


class Proposal(TextChoices):
    """What the office proposes, and the leading group decides."""

    CERTIFY = "certify", "认定"
    REFUSE = "refuse", "不予认定"
    PENDING = "pending", "待定"
    KEEP = "keep", "保留称号"
    RECTIFY = "rectify", "限期整改"
    REVOKE = "revoke", "撤销称号"
    RECOMMEND = "recommend", "推荐"


class NoteKind(TextChoices):
    """What a written note of a case is for."""

    STATEMENT = "statement", "县(区)陈述"
    RECTIFIED = "rectified", "整改情况报告"
    PROVINCE = "province", "省级文件"
