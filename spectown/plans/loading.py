"""A plan folder becomes a version: clauses, tasks, duties, targets, seats, criteria, figures, calendar."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from spectown.audit import services as audit
from spectown.core.evaluation.yearreading import clauses_of
from spectown.core.monitoring.plandata import FILES
from spectown.core.plandoc import parse_bytes
from spectown.core.plandoc.model import Clause as ParsedClause
from spectown.core.plandoc.model import PlanDocument, Quantity, Task
from spectown.organisations.enums import UnitKind
from spectown.organisations.loading import UnitBook
from spectown.organisations.models import Unit
from spectown.plans.enums import DayKind, DutyKind
from spectown.plans.folder import FolderFault, PlanFolder
from spectown.plans.loading_roster import load_seats
from spectown.plans.loading_units import load_organisation
from spectown.plans.models import (
    CalendarDay,
    CalendarYear,
    Category,
    Clause,
    Criterion,
    Duty,
    NeededFigure,
    PlanVersion,
    Target,
    Threshold,
)
from spectown.plans.models import Task as TaskRow


@dataclass(slots=True)
class Loaded:
    """What a load did: `document` is None where this content was loaded before; `notices` are for the office."""

    version: PlanVersion
    document: PlanDocument | None
    notices: list[str] = field(default_factory=list)

    @property
    def is_new(self) -> bool:
        """True where the folder became a new version."""
        return self.document is not None


@transaction.atomic
def load_version(folder: PlanFolder, *, by: audit.By) -> Loaded:
    """Load a folder as a version and make it the current one; the same content twice changes nothing."""
    stored = PlanVersion.objects.filter(plan_code=folder.plan.code, digest=folder.digest).first()
    if stored:
        _make_current(stored, by)
        return Loaded(stored, None)
    document = parse_bytes(folder.source, folder.plan.source)
    if not document.clauses:
        reasons = ";".join(p.message for p in document.problems[:3])
        raise FolderFault(f"方案原文 {folder.plan.source} 中读不出条款。{reasons}")
    load_organisation(folder.organisation)
    version = _version(folder, document)
    loaded = Loaded(version, document)
    clauses = _clauses(version, document)
    book = UnitBook()
    _tasks(version, document, clauses, book)
    _quantities(version, document, clauses)
    load_seats(version, document, book)
    _criteria(version, folder.criteria, clauses, loaded.notices)
    _figures(version, folder, clauses, loaded.notices)
    _monitoring(folder, clauses, loaded.notices)
    _calendar(folder)
    loaded.notices += [f"原文中的单位“{unit.name}”不在 organisation.yaml 中,已新建,请核对" for unit in book.added]
    audit.record(by=by, action="plan.load", obj=version, after={"digest": folder.digest, "number": version.number})
    _make_current(version, by)
    return loaded


def _version(folder: PlanFolder, document: PlanDocument) -> PlanVersion:
    earlier = PlanVersion.objects.filter(plan_code=folder.plan.code)
    return PlanVersion.objects.create(
        plan_code=folder.plan.code,
        number=max(earlier.values_list("number", flat=True), default=0) + 1,
        city=folder.plan.city,
        title=document.title or folder.plan.code,
        issuer=document.issuer or "",
        document_number=document.document_number or "",
        signed_date=document.signed_date,
        published_date=document.published_date,
        disclosure=document.disclosure or "",
        source_name=folder.plan.source,
        source_text=document.text,
        digest=folder.digest,
        criteria=_plain(folder.criteria),
        lights=_plain(folder.lights),
        market=_plain(folder.market),
        supervision=_plain(folder.supervision),
        monitoring=_plain(folder.monitoring),
        evaluation=_plain(folder.evaluation),
        policies=_plain(folder.policies),
        documents=_plain(folder.documents),
        round_samples=_plain(folder.rounds),
        problems=[{"severity": p.severity, "clause": p.clause, "message": p.message} for p in document.problems],
        tables=[{"title": t.title, "rows": [list(r) for r in t.rows]} for t in document.tables],
    )


def _plain(value: Any) -> Any:
    """YAML values as JSON: dates as ISO text."""
    if isinstance(value, dict):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_plain(v) for v in value]
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)


def _clauses(version: PlanVersion, document: PlanDocument) -> dict[str, Clause]:
    """Numbered clauses and, as clauses of level 0, the annexes: a town's source is 附件2 itself."""
    found = [*annex_clauses(document), *document.walk()]
    rows: dict[str, Clause] = {}
    for order, clause in enumerate(sorted(found, key=lambda c: (c.start, c.level))):
        rows[clause.id] = Clause.objects.create(
            version=version,
            ref=clause.id,
            parent=rows.get(clause.parent or clause.id.rpartition("/")[0]),
            level=clause.level,
            order=order,
            number=clause.number[:30],
            heading=clause.heading[:300],
            text=clause.text,
            start=clause.start,
            end=clause.end,
        )
    return rows


def annex_clauses(document: PlanDocument) -> list[ParsedClause]:
    """Each annex as a clause whose own text ends where its first numbered clause begins."""
    starts = [clause.start for clause in document.walk()]
    found = []
    for part in document.parts:
        if part.kind == "annex":
            end = min([part.end, *(start for start in starts if part.start < start < part.end)])
            text = document.text[part.start : end]
            ref = part.prefix.rstrip("/")
            found.append(ParsedClause(ref, None, 0, "annex", ref, part.title, text, part.start, end))
    return found


def _tasks(version: PlanVersion, document: PlanDocument, clauses: dict[str, Clause], book: UnitBook) -> None:
    for number, task in enumerate((t for t in document.tasks if t.clause), start=1):
        row = TaskRow.objects.create(
            version=version,
            number=number,
            title=task.title[:300],
            clause=clauses[str(task.clause)],
            text=task.text,
        )
        Duty.objects.bulk_create(_duties(row, task, book))


def _duties(row: TaskRow, task: Task, book: UnitBook) -> list[Duty]:
    """One duty per unit and task: where a mark names a unit twice, the stronger part stands."""
    found: dict[int, Duty] = {}
    parts = (
        (DutyKind.LEAD, task.leads, UnitKind.BUREAU),
        (DutyKind.PARTICIPANT, task.participants, UnitKind.BUREAU),
        (DutyKind.COLLECTIVE, task.collective, UnitKind.COLLECTIVE),
    )
    for kind, names, unit_kind in parts:
        for name in names:
            unit = book.get_or_add(name, unit_kind)
            found.setdefault(unit.pk, Duty(task=row, unit=unit, kind=kind, printed_name=name[:80], order=len(found)))
    return list(found.values())


def _quantities(version: PlanVersion, document: PlanDocument, clauses: dict[str, Clause]) -> None:
    targets = [
        Target(**_quantity(version, order, item, clauses), level=item.level[:20], year=item.year)
        for order, item in enumerate(i for i in document.targets if i.clause)
    ]
    thresholds = [
        Threshold(**_quantity(version, order, item, clauses))
        for order, item in enumerate(i for i in document.thresholds if i.clause)
    ]
    Target.objects.bulk_create(targets)
    Threshold.objects.bulk_create(thresholds)


def _quantity(version: PlanVersion, order: int, item: Quantity, clauses: dict[str, Clause]) -> dict[str, Any]:
    return {
        "version": version,
        "order": order,
        "clause": clauses[str(item.clause)],
        "subject": item.subject[:300],
        "comparator": item.comparator.value,
        "values": [str(v) for v in item.values],
        "unit": item.unit[:20],
        "text": item.text,
        "start": item.start,
        "end": item.end,
    }


def _criteria(version: PlanVersion, criteria: dict[str, Any], clauses: dict[str, Clause], notices: list[str]) -> None:
    for order, entry in enumerate(criteria.get("categories", [])):
        Category.objects.create(
            version=version,
            code=entry["code"],
            label=entry["label"],
            has_threshold=bool(entry.get("thresholds")),
            order=order,
        )
    notices += _misquoted(criteria, clauses)
    for order, entry in enumerate(criteria.get("criteria", [])):
        clause = clauses.get(entry["clause"])
        if clause is None:
            notices.append(f"criteria.yaml 的“{entry['title']}”引用的条款 {entry['clause']} 在原文中找不到")
            continue
        Criterion.objects.create(
            version=version,
            clause=clause,
            code=entry["code"],
            title=entry["title"],
            order=order,
            data=_plain(entry),
        )


def _misquoted(criteria: dict[str, Any], clauses: dict[str, Clause]) -> list[str]:
    """Thresholds whose quoted sentence is not in their clause: the text and the reviewed numbers disagree."""
    found = []
    for entry in [*criteria.get("categories", []), *criteria.get("criteria", [])]:
        name = entry.get("label") or entry.get("title")
        for threshold in entry.get("thresholds", []):
            clause, quote = clauses.get(threshold.get("clause", "")), _bare(threshold.get("quote", ""))
            if clause is not None and quote not in _bare(clause.text):
                found.append(f"“{name}”的标准引用的原文在方案 {clause.ref} 中找不到,请核对数额是否已随方案修改")
    return found


def _bare(text: str) -> str:
    return "".join(text.split())


def _figures(version: PlanVersion, folder: PlanFolder, clauses: dict[str, Clause], notices: list[str]) -> None:
    codes = [f.supplier for f in folder.figures.figures if f.supplier]
    by_code = {unit.code: unit for unit in Unit.objects.filter(code__in=codes)}
    for order, entry in enumerate(folder.figures.figures):
        clause = clauses.get(entry.clause)
        if clause is None:
            notices.append(f"figures.yaml 的“{entry.label}”引用的条款 {entry.clause} 在原文中找不到")
            continue
        supplier = by_code.get(entry.supplier)
        NeededFigure.objects.create(
            version=version, clause=clause, code=entry.code, label=entry.label, supplier=supplier, order=order
        )


def _monitoring(folder: PlanFolder, clauses: dict[str, Clause], notices: list[str]) -> None:
    """The entries stay as they are written (PlanVersion.monitoring); a clause that is not in the text is told."""
    for name, key in FILES.items():
        for entry in folder.monitoring[key]:
            if entry.get("clause") and entry["clause"] not in clauses:
                notices.append(f"{name} 的 {entry['code']} 引用的条款 {entry['clause']} 在原文中找不到")
    for clause in clauses_of(folder.evaluation):
        if clause not in clauses:
            notices.append(f"evaluation.yaml 引用的条款 {clause} 在原文中找不到")
    for entry in folder.policies:
        for clause in dict.fromkeys([entry["clause"], *entry["clauses"]]):
            if clause not in clauses:
                notices.append(f"policies.yaml 的 {entry['kind']} 引用的条款 {clause} 在原文中找不到")


def _calendar(folder: PlanFolder) -> None:
    """Years of the folder replace those stored; an announced year is never made provisional again, and what the
    office wrote stays."""
    for entry in folder.calendar.years:
        stored = CalendarYear.objects.filter(year=entry.year).first()
        if stored and (stored.changed_at or (entry.provisional and not stored.provisional)):
            continue
        CalendarYear.objects.update_or_create(
            year=entry.year, defaults={"provisional": entry.provisional, "source": entry.source}
        )
        CalendarDay.objects.filter(day__year=entry.year).delete()
        days = [CalendarDay(day=d, kind=DayKind.HOLIDAY, name=n) for d, n in entry.holidays.items()]
        days += [CalendarDay(day=d, kind=DayKind.WORKDAY, name=n) for d, n in entry.workdays.items()]
        CalendarDay.objects.bulk_create(days)


def _make_current(version: PlanVersion, by: audit.By) -> None:
    if version.is_current:
        return
    PlanVersion.objects.filter(is_current=True).update(is_current=False)
    version.is_current = True
    version.save(update_fields=["is_current"])
    audit.record(by=by, action="plan.activate", obj=version, after={"number": version.number})
