"""专家评审表 (kind expert_sheet) of one seat: the round's items with weights, points and reasons as given."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from django.utils import timezone

from spectown.core.documentkinds.building import build
from spectown.core.rounds.ruleparts import ScoreItem
from spectown.core.rounds.scores import Line, rounded
from spectown.documents.kinds import kind_in
from spectown.documents.services.addressing import office_name
from spectown.lib.officialdoc.pdf import render_pdf
from spectown.rounds.models import Seat
from spectown.rounds.panels import case_number, expert_number
from spectown.rounds.reading import place_of, town_of
from spectown.rounds.sheets import sheet_of
from spectown.web.experts.shown import own_total, plain
from spectown.web.towns.filters import category_names

DRAFT = "未提交"


def sheet_facts(seat: Seat) -> dict[str, Any]:
    """Facts of the document kind."""
    application, lines = seat.case.application, sheet_of(seat).lines
    rows = []
    for item in seat.case.rules.rules.sheet:
        line = lines.get(item.code)
        given = _weighted(line, item) if line else ""
        rows.append(
            {"heading": item.title, "points": item.weight, "score": given, "reason": line.reason if line else ""}
        )
    return {
        "year": timezone.localdate(seat.case.made_at).year,
        "sheet_number": f"{case_number(seat.case)}-{expert_number(seat.expert)}",
        "town": town_of(seat),
        "county": place_of(seat),
        "industry": application.leading_industry or "未填",
        "category": category_names().get(application.category, application.category) or "未填",
        "path": "见预审结论",
        "output": application.output_wan,
        "headings": rows,
        "organs": [office_name(timezone.localdate())],
        "total": plain(own_total(seat)),
        "comment": seat.comment,
    }


def _weighted(line: Line, item: ScoreItem) -> str:
    """Points in the share that the item has of 100, so that the column adds up to the total."""
    if line.points is None:
        return "弃权" if line.abstained else ""
    return plain(rounded(Fraction(line.points) / Fraction(item.max_points) * Fraction(item.weight)))


def sheet_pdf(seat: Seat) -> bytes:
    """The sheet as PDF; marked 未提交 until it is submitted. Raises FactsFault, Refused."""
    document = build(kind_in(seat.case.round.version, "expert_sheet"), sheet_facts(seat))
    return render_pdf(document, draft="" if seat.submitted_at else DRAFT).data
