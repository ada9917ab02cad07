"""A whole document: the steps in order, each handing ranges to the next."""

from __future__ import annotations

from spectown.core.plandoc import (
    clauses,
    duties,
    headmatter,
    labelled,
    marks,
    oddities,
    outline,
    parts,
    quantities,
    roster,
    tablemarks,
    tables,
    towns,
)
from spectown.core.plandoc import lines as line_split
from spectown.core.plandoc.clauses import Node
from spectown.core.plandoc.folding import fold
from spectown.core.plandoc.lines import Line
from spectown.core.plandoc.marks import Found
from spectown.core.plandoc.model import Clause, Part, PlanDocument, Problem, Severity

LONGEST = 300_000
MOST_LINES = 30_000


def parse(text: str, source_format: str = "txt", problems: tuple[Problem, ...] = ()) -> PlanDocument:
    """Return the structure of `text`; anything at all is accepted, what cannot be read is a problem."""
    told = list(problems)
    body = text
    if len(text) > LONGEST:
        body = text[:LONGEST]
        told.append(Problem(Severity.UNREADABLE, f"文本过长,只分析了前{LONGEST}个字", None, LONGEST, len(text)))
    folded = fold(body)
    lines = line_split.split(folded)
    if len(lines) > MOST_LINES:
        body = body[: lines[MOST_LINES].start]
        told.append(Problem(Severity.UNREADABLE, f"行数过多,只分析了前{MOST_LINES}行", None, len(body), len(text)))
        folded, lines = folded[: len(body)], lines[:MOST_LINES]
    if not lines:
        if not told:
            told.append(Problem(Severity.UNREADABLE, "文件中没有文字"))
        return PlanDocument(text=text, source_format=source_format, problems=tuple(told))
    return _structure(text, body, folded, lines, source_format, told)


def _structure(text: str, source: str, folded: str, lines: list[Line], form: str, told: list[Problem]) -> PlanDocument:
    bounds = parts.find(lines)
    group = roster.find(source, lines)
    town_rows, town_lines = towns.find(source, lines, group.lines)
    grids, places = tables.find(source, lines, group.lines | town_lines)
    rows = tablemarks.find(grids, places)
    busy = frozenset(group.lines | town_lines)
    blocked = [(lines[i].start, lines[i].end) for i in sorted(busy)]
    blocked += [(row.found.start, row.found.end) for row in rows]
    found = marks.find(source, folded, blocked)
    taken = [(mark.start, mark.end) for mark in found] + blocked
    found = labelled.merged(found + labelled.find_lines(source, folded, lines, taken), folded)
    pieces, nodes, late = _outline(source, folded, lines, bounds, busy | parts.attachment_lines(lines), found)
    found += late + [row.found for row in rows]
    finished = duties.assign(source, folded, found, nodes)
    tasks = duties.tasks(source, finished, nodes, rows, found)
    roots = clauses.tree(nodes, source)
    flat = [clause for root in roots for clause in _flat(root)]
    targets, thresholds = quantities.find(roots, folded, source)
    main = next((bound for bound in bounds if bound.kind == "main"), None)
    head = headmatter.read_head(source, folded, lines, main.index if main else 0, main.title if main else "")
    all_towns = town_rows + towns.from_tables(grids)
    told += [Problem(Severity.UNREADABLE, mark.problem, None, mark.start, mark.end) for mark in found if mark.problem]
    if not nodes:
        told.append(Problem(Severity.UNREADABLE, "没有找到编号的条款"))
    told += oddities.find(head, flat, tasks, group.members, all_towns, folded)
    return PlanDocument(
        text=text,
        source_format=form,
        title=head.title,
        issuer=head.issuer,
        document_number=head.document_number,
        signed_date=head.signed_date,
        published_date=head.published_date,
        disclosure=head.disclosure,
        parts=tuple(pieces),
        clauses=roots,
        targets=targets,
        thresholds=thresholds,
        tasks=tuple(tasks),
        members=group.members,
        towns=tuple(all_towns),
        tables=tuple(grids),
        problems=tuple(told),
        marks_count=len(finished),
    )


def _outline(
    source: str, folded: str, lines: list[Line], bounds: list[parts.Boundary], skip: frozenset[int], found: list[Found]
) -> tuple[list[Part], list[Node], list[Found]]:
    pieces: list[Part] = []
    nodes: list[Node] = []
    late: list[Found] = []
    taken: dict[str, int] = {}
    starts = sorted(mark.start for mark in found)
    for first, last, bound in _spans(bounds, len(lines)):
        if first >= last:
            continue
        end = lines[last - 1].end
        skipped = {i - first for i in skip} | set(range(bound.title_lines if bound else 0))
        own = outline.tokens(lines[first:last], skipped)
        kind = bound.kind if bound else ("notice" if any(b.kind == "main" for b in bounds) else "main")
        prefix = f"{bound.label}/" if bound and bound.label else "通知/" if kind == "notice" else ""
        pieces.append(Part(kind, prefix, bound.title if bound else "", lines[first].start, end))
        stops = [token.start for token in own[1:]] + [end]
        if kind != "notice":
            late += labelled.find_headings(source, folded, own, stops[: len(own)])
        split = (
            0 if prefix else outline.notice_length(own, starts, folded[lines[first].start : lines[first].start + 3000])
        )
        nodes += clauses.nodes(folded, source, own[:split], own[split].start, "通知/", taken, starts) if split else []
        nodes += clauses.nodes(folded, source, own[split:], end, prefix, taken, starts)
    if not found and not late:
        late = labelled.find_subjects(source, folded, [node.token.end for node in nodes])
    return pieces, nodes, late


def _spans(bounds: list[parts.Boundary], count: int) -> list[tuple[int, int, parts.Boundary | None]]:
    edges = [(bound.index, bound) for bound in bounds]
    spans: list[tuple[int, int, parts.Boundary | None]] = []
    if not edges or edges[0][0] > 0:
        spans.append((0, edges[0][0] if edges else count, None))
    for i, (index, bound) in enumerate(edges):
        spans.append((index, edges[i + 1][0] if i + 1 < len(edges) else count, bound))
    return spans


def _flat(clause: Clause) -> list[Clause]:
    return [clause, *(inner for child in clause.children for inner in _flat(child))]
