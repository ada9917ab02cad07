"""会议包: the ranks of the last year that was published, a table for each of its evaluations."""

from __future__ import annotations

from decimal import Decimal

from django.urls import reverse
from django.utils import timezone

from spectown.core.evaluation.sharing import suffix_of
from spectown.evaluation.models import Evaluation, Publication
from spectown.lib.bundles.tables import Section, Source
from spectown.web.evaluation.seen import rows_of

NONE = "尚无已公布的评估结果"
HEAD = ("名次", "专业镇", "责任主体", "得分", "名次区间", "等次")


def ranking() -> list[Section]:
    """As it is public; while nothing has been published one table that says so."""
    rows = list(Evaluation.objects.published().order_by("-year", "pk"))
    latest = [(each, each.edition) for each in rows if each.year == rows[0].year]
    return [_section(each, edition) for each, edition in latest if edition is not None] or [_nothing()]


def _section(evaluation: Evaluation, edition: Publication) -> Section:
    rows = rows_of(edition.result)
    cells = [
        (
            row.rank,
            row.participant.name,
            row.participant.unit_name,
            None if row.score is None else Decimal(f"{row.score.normalize():f}"),
            f"{row.rank_low}–{row.rank_high}" if row.rank_low else "",
            row.band or row.why,
        )
        for row in rows
    ]
    ranked = sum(row.rank is not None for row in rows)
    said = f"{evaluation.name}(第{edition.number}版):{len(rows)}个专业镇参评,{ranked}个列名次"
    said += ",公布的结果正在更正。" if evaluation.is_corrected else "。"
    source = Source("年度评估", reverse("evaluation:league", args=[evaluation.key]), edition.made_at.date(), "四(五)")
    name = f"评估排名{suffix_of(edition.result.snapshot.scheme)}"
    return Section(name, HEAD, cells, source, said, (8, 24, 20, 10, 12, 10), slide=(0, 1, 3, 5))


def _nothing() -> Section:
    source = Source("年度评估", reverse("towns:list"), timezone.localdate(), "四(五)")
    return Section("评估排名", ("事项", "情况"), (("年度评估排名", NONE),), source, f"{NONE}。", (20, 40))
