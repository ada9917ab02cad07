"""A notice in its form: what stands there first, and what was typed as the service wants it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from spectown.core.supervision.noticesettings import NoticeSettings
from spectown.core.supervision.triggers import Proposal
from spectown.core.workdays import Calendar
from spectown.supervision.models import Notice, NoticeFigure
from spectown.supervision.services.notices import Draft, FigureWanted
from spectown.web.notices.forms import OWN, TABLES, NoticeForm, Rows

Tables = dict[str, list[dict[str, str]]]


def dates(settings: NoticeSettings, calendar: Calendar, on: datetime.date) -> dict[str, datetime.date]:
    """Proposed days, as if it were issued today."""
    return {"plan_due": calendar.add(on, settings.plan_days), "deadline": calendar.add(on, settings.term_days)}


def from_proposal(proposal: Proposal) -> tuple[dict[str, Any], Tables]:
    """What a trigger knows."""
    matter = proposal.matter
    initial = {"title": matter.title, "unit": matter.unit, "town": matter.town, "said": matter.said}
    lines = [
        {"item": e.item, "planned": e.planned, "actual": e.actual, "source": e.source, "link": e.link}
        for e in matter.evidence
    ]
    problems = [{"matter": e.item, "detail": e.actual} for e in matter.evidence]
    return initial, {"problems": problems, "demands": [], "evidence": lines}


def from_notice(notice: Notice) -> tuple[dict[str, Any], Tables]:
    """What was written so far."""
    work = notice.work
    initial: dict[str, Any] = {
        "title": work.title,
        "unit": work.holder_id,
        "town": work.town_id,
        "deadline": work.first_deadline,
        "affected": notice.affected_id,
    }
    initial |= {name: getattr(notice, name) for name in ("said", "plan_due", "contact", "phone", "excess_reason")}
    figure: NoticeFigure | None = getattr(notice, "figure", None)
    if figure is not None:
        initial |= {
            "figure": f"{figure.code}@{figure.about}" if figure.code else OWN,
            "figure_label": "" if figure.code else figure.label,
            "figure_unit": "" if figure.code else figure.unit,
            "figure_better": figure.better,
            "figure_before": figure.before,
        }
    demands = [{"text": d.text, "due": d.due.isoformat()} for d in notice.demands.all()]
    return initial, {"problems": list(notice.problems), "demands": demands, "evidence": list(notice.evidence)}


def shown_rows(tables: Mapping[str, list[dict[str, str]]], more: str = "") -> list[dict[str, Any]]:
    """The tables with rows to fill in: one empty at least, two more where asked for."""
    found = []
    for name, columns in TABLES.items():
        rows = list(tables[name])
        rows += [dict.fromkeys(columns, "")] * (3 if more == name else 0 if rows else 1)
        shown = [
            {column: {"name": f"{name}-{n}-{column}", "value": row.get(column, "")} for column in columns}
            for n, row in enumerate(rows)
        ]
        found.append({"name": name, "rows": shown})
    return found


def as_draft(form: NoticeForm, rows: Rows, proposal: Proposal | None, notice: Notice | None) -> Draft:
    """What was typed, with what it is about."""
    data = form.cleaned_data
    matter = proposal.matter if proposal else None
    names = ("title", "unit", "town", "said", "plan_due", "deadline", "affected", "contact", "phone", "excess_reason")
    about: dict[str, Any] = {}
    if matter and proposal:
        about = {"trigger": matter.trigger, "keys": (matter.key, *matter.covers), "occasion": matter.occasion}
        about["clause"] = proposal.trigger.clause
    elif notice:
        about = {"clause": notice.clause}
    return Draft(
        **{name: data[name] for name in names},
        **about,
        problems=tuple(rows.problems),
        evidence=tuple(rows.evidence),
        demands=rows.dated,
        figure=_figure(data),
    )


def _figure(data: Mapping[str, Any]) -> FigureWanted | None:
    chosen = data["figure"]
    if not chosen:
        return None
    if chosen == OWN:
        return FigureWanted(
            label=data["figure_label"],
            unit=data["figure_unit"],
            better=data["figure_better"] or "up",
            before=data["figure_before"],
        )
    code, _, about = chosen.partition("@")
    return FigureWanted(label=code, code=code, about=about)
