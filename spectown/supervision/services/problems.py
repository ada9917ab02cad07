"""A problem is raised, looked after with its files, and moved (docs/algorithms/supervision.md, problems.md)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django.db import transaction
from django.utils import timezone

from spectown.accounts.permissions import Permission, Role
from spectown.audit import services as audit
from spectown.enterprises.lists import ENTERPRISES
from spectown.enterprises.models import Enterprise
from spectown.lib.proofs.keeping import keep
from spectown.lib.refusal import Refused
from spectown.lists.models import ListRowQuerySet
from spectown.lists.scope import COUNTY, own_towns, visible
from spectown.lists.services import records
from spectown.organisations.actors import Actor, NotAllowed
from spectown.organisations.models import Territory
from spectown.supervision.lists.problems import PROBLEMS
from spectown.supervision.models import Problem, ProblemFile, Step, Work
from spectown.supervision.named import is_clause
from spectown.supervision.problemrules import known_rules
from spectown.supervision.services import moves
from spectown.supervision.waiting import problems_for
from spectown.towns.models import Town

SAID = ("title", "text", "kind", "clause", "chain", "enterprise", "territory", "town", "origin", "source")
MOST = 10  # files of one problem
File = tuple[str, bytes]  # name, content


def own_enterprise(by: Actor) -> Enterprise | None:
    """The enterprise for which a person raises problems; None for all other roles."""
    if by.role != Role.ENTERPRISE or not by.may(Permission.PROBLEM_RAISE):
        return None
    return cast("Enterprise | None", visible(ENTERPRISES, by).order_by("pk").first())


@transaction.atomic
def raise_problem(*, values: Mapping[str, Any], by: Actor, files: Sequence[File] = ()) -> Problem:
    """Somebody says what the problem is. Raises ValidationError by column, Refused, NotAllowed."""
    by.require(Permission.PROBLEM_RAISE)
    if not set(values) <= set(SAID):
        raise NotAllowed("提出问题时不能填写别的栏。")
    whole = {**values, **_placed(values, by), "raised_on": timezone.localdate()}
    whole["clause"] = whole.get("clause") or _clause_of(str(whole.get("kind", "")))
    made = cast(Problem, records.enter(ledger=PROBLEMS, values=whole, by=by))
    made.refresh_from_db()
    for name, content in files:
        add_file(problem=made, name=name, content=content, by=by)
    return made


def _clause_of(kind: str) -> str:
    """Where nobody names one (an enterprise is not asked): that of the kind, if it stands in the plan in force."""
    rules = known_rules(timezone.localdate())
    clause = rules.kinds[kind].clause if rules and kind in rules.kinds else ""
    return clause if clause and is_clause(clause) else ""


def _placed(values: Mapping[str, Any], by: Actor) -> dict[str, Any]:
    """Where the problem belongs: to its enterprise's place, else to one within the reach of whoever raises it."""
    firm, town, territory = (values.get(name) for name in ("enterprise", "town", "territory"))
    if by.role == Role.ENTERPRISE:
        firm = own_enterprise(by)
        if firm is None:
            raise NotAllowed("企业须先由县(区)登记在企业清单中,才能提出问题。")
    if firm is not None:
        town, territory = firm.town, firm.territory
    if town is None and territory is None:
        town, territory = _own_place(by)
    place = {"enterprise": firm, "town": town, "territory": territory or (town.territory if town else None)}
    chain = values.get("chain") or (firm.chain_role if firm else "")
    _require_reach(place, by)
    return {**place, "chain": chain} | ({"origin": "enterprise"} if by.role == Role.ENTERPRISE else {})


def _own_place(by: Actor) -> tuple[Town | None, Territory | None]:
    """Where nobody says where: a county's own, the only town of one that runs a town."""
    if by.role in COUNTY:
        return None, Territory.objects.filter(pk=by.territory_id or 0).first()
    towns = own_towns(by) if by.role == Role.TOWN else []
    if by.role == Role.TOWN and len(towns) != 1:
        raise Refused("请选择本单位的专业镇。")
    return Town.objects.filter(pk__in=towns).first(), None


def _require_reach(place: Mapping[str, Any], by: Actor) -> None:
    town, territory = place["town"], place["territory"]
    if by.role == Role.TOWN and (town is None or town.pk not in own_towns(by)):
        raise NotAllowed("请选择本单位的专业镇。")
    inside = territory is not None and territory.pk == by.territory_id
    if by.role in COUNTY and not inside and (town is None or town.pk not in own_towns(by)):
        raise NotAllowed("只能提出本县(区)的问题。")


@transaction.atomic
def add_file(*, problem: Problem, name: str, content: bytes, by: Actor) -> ProblemFile:
    """Keep a file that proves the problem or its answer. Raises Refused."""
    work = moves.locked(_work(problem), by)
    if work.ended_on is not None or by.unit_id not in {problem.raiser_id, work.holder_id}:
        raise Refused("只有提出单位和承办单位可以在办结前上传材料。")
    said = {"unit_name": by.unit_name[:100], "uploaded_by_id": by.person}
    made = keep(problem.files, (name, content), most=MOST, holder="一件问题", **said)
    told = {"name": made.name, "sha256": made.sha256}
    audit.record(by=by, action="problem.file_add", obj=problem, after=told)
    return made


@transaction.atomic
def take_step(
    *,
    problem: Problem,
    code: str,
    by: Actor,
    reason: str = "",
    values: Mapping[str, Any] | None = None,
    seen: int | None = None,
    files: Sequence[File] = (),
) -> Step:
    """Make a move of the table; the words of an answer stand in the step, so that earlier ones are kept."""
    given = dict(values or {})
    said = str(given.get("answer", "")) if code == "answer" else reason
    for name, content in files:
        add_file(problem=problem, name=name, content=content, by=by)
    return moves.move(work=_work(problem), code=code, by=by, reason=said, values=given, seen=seen)


def waiting_for(by: Actor) -> ListRowQuerySet:
    """Problems whose next move is the actor's: to route, to take on, to answer, to confirm."""
    return visible(PROBLEMS, by).filter(problems_for(by, "raiser"))


def _work(problem: Problem) -> Work:
    if problem.work is None:
        raise Refused("这件问题还没有建立办理记录,请刷新后再试。")
    return problem.work
