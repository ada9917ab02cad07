"""The panel of a case: drawn by a published seed or chosen with a reason; reserves take the place of who left."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from spectown.accounts.permissions import Permission
from spectown.audit import services as audit
from spectown.core.rounds.experts import Expert as Known
from spectown.core.rounds.experts import conflicts
from spectown.core.rounds.experts import draw as drawn_from
from spectown.lib.refusal import Refused
from spectown.organisations.actors import Actor
from spectown.rounds.drawn import result_of
from spectown.rounds.enums import Chosen
from spectown.rounds.models import Case, Draw, Expert, Seat
from spectown.rounds.panels import expert_number, known, known_pool, pool, present, seats_of, ties_of
from spectown.rounds.services.moves import locked

SEATED_IN = ("accepted", "expert_review", "site_visit", "deciding")


@transaction.atomic
def draw(*, case: Case, seed: str, source: str, by: Actor) -> Draw:
    """Draw who is missing on the panel by a seed that was published before. Raises Refused."""
    by.require(Permission.CASE_EXAMINE)
    found = locked(case, by)
    seats = list(seats_of(found))
    missing, seed = _missing(found, seats), _seed(seed, source)
    if _next_reserves(found, seats):
        raise Refused("上次抽取还有候补专家,请由候补递补,不重新抽取。")
    seated, ties = {seat.expert_id for seat in seats}, ties_of(found)
    experts = {expert_number(expert): expert for expert in pool() if expert.pk not in seated}
    candidates = known_pool(found, seats, experts.values())
    outcome = drawn_from(seed, candidates, ties, missing)
    if not outcome.drawn:
        raise Refused("专家库中没有可以评审本件的专家,请先补充专家库。")
    result = result_of(outcome, candidates, ties, missing, source.strip())
    made = Draw.objects.create(case=found, how=Chosen.DRAWN, seed=seed, result=result, made_by_id=by.person)
    _take_seats(made, [experts[number] for number in outcome.drawn])
    told = {"seed": seed, "source": source.strip(), "drawn": result["drawn"], "reserves": result["reserves"]}
    audit.record(by=by, action="case.draw_experts", obj=found, after=told)
    return made


@transaction.atomic
def pick(*, case: Case, experts: Sequence[Expert], reason: str, by: Actor) -> Draw:
    """Choose experts, with a reason; the rules of staying away hold as for a draw. Raises Refused."""
    by.require(Permission.CASE_EXAMINE)
    found = locked(case, by)
    seats = list(seats_of(found))
    missing = _missing(found, seats)
    if not experts or not reason.strip():
        raise Refused("请选择专家,并写明不抽取而选定的理由。")
    if len(experts) > missing:
        raise Refused(f"本件还差 {missing} 名专家,选了 {len(experts)} 名。")
    chosen = [known(expert, found, None) for expert in experts]
    ties, taken = ties_of(found), {seat.expert_id for seat in seats}
    refused = [f"{e.user.name}已在本件的名单中或已退出。" for e in experts if e.pk in taken]
    refused += [sentence for expert in chosen for sentence in conflicts(expert, ties)]
    if refused:
        raise Refused("".join(refused))
    result = {"drawn": [expert.number for expert in chosen], "pool": [_short(expert) for expert in chosen]}
    made = Draw.objects.create(
        case=found, how=Chosen.PICKED, result=result, reason=reason.strip(), made_by_id=by.person
    )
    _take_seats(made, list(experts))
    told = {"experts": [expert.name for expert in chosen]}
    audit.record(by=by, action="case.pick_experts", obj=found, after=told, reason=reason.strip())
    return made


@transaction.atomic
def release(*, seat: Seat, reason: str, by: Actor) -> Seat:
    """The office lets an expert leave a case before a sheet was submitted; a reserve follows. Raises Refused."""
    by.require(Permission.CASE_EXAMINE)
    found = locked(seat.case, by)
    held = Seat.objects.select_for_update(of=("self",)).select_related("expert__user").get(pk=seat.pk)
    if held.left_at is not None or held.submitted_at is not None:
        raise Refused("已退出或已提交评分的专家不能再退出。")
    if not reason.strip():
        raise Refused("请写明退出的理由。")
    told = {"expert": held.expert.user.name}
    audit.record(by=by, action="case.release_expert", obj=found, before=told, reason=reason.strip())
    leave(held, found, by)
    return held


def leave(seat: Seat, case: Case, by: Actor) -> None:
    """End a seat, and let the first fitting reserve of the last draw follow; the caller has logged why."""
    seat.left_at = timezone.now()
    seat.save(update_fields=["left_at", "conflict"])
    _follow(case, seat, by)


def _follow(case: Case, left: Seat, by: Actor) -> None:
    waiting = _next_reserves(case, list(seats_of(case)))
    if not waiting:
        return
    kept, expert = waiting[0]
    number = expert_number(expert)
    result = {"from": kept.pk, "left": expert_number(left.expert), "drawn": [number]}
    made = Draw.objects.create(case=case, how=Chosen.RESERVE, seed=kept.seed, result=result, made_by_id=by.person)
    _take_seats(made, [expert])
    told = {"expert": expert.user.name, "in_place_of": left.expert.user.name}
    audit.record(by=by, action="case.reserve_follows", obj=case, after=told)


def _next_reserves(case: Case, seats: list[Seat]) -> list[tuple[Draw, Expert]]:
    """Reserves of the last draw in their order who may still come: not seated before, nothing against them now."""
    kept = case.draws.filter(how=Chosen.DRAWN).order_by("pk").last()
    if kept is None or not kept.result["reserves"]:
        return []
    seated, ties = {seat.expert_id for seat in seats}, ties_of(case)
    experts = {expert_number(expert): expert for expert in pool() if expert.pk not in seated}
    order = [experts[number] for number in kept.result["reserves"] if number in experts]
    return [(kept, expert) for expert in order if not conflicts(known(expert, case), ties)]


def missing_on(case: Case, seats: Sequence[Seat]) -> int:
    """How many experts the panel of a case still lacks; 0 where none can be seated now."""
    panel = case.rules.rules.panel
    if panel is None or case.state not in SEATED_IN:
        return 0
    return max(panel.size - len(present(seats)), 0)


def _missing(case: Case, seats: list[Seat]) -> int:
    if case.rules.rules.panel is None:
        raise Refused("本批次不安排专家评审。")
    if case.state not in SEATED_IN:
        raise Refused(f"本件现在是“{case.get_state_display()}”,受理之后才能安排专家。")
    missing = missing_on(case, seats)
    if not missing:
        raise Refused("本件的专家已经到位。")
    return missing


def _seed(seed: str, source: str) -> str:
    if not seed.strip() or not source.strip():
        raise Refused("请填写随机种子,以及它在什么时候、从哪里公布。")
    if len(seed.strip().splitlines()) != 1 or len(seed.strip()) > 64:
        raise Refused("随机种子是一行,最长 64 个字符。")
    return seed.strip()


def _short(expert: Known) -> dict[str, str]:
    return {"number": expert.number, "name": expert.name}


def _take_seats(made: Draw, experts: Sequence[Expert]) -> None:
    """Seats for the experts; once the review has begun they read the newest version."""
    case = made.case
    version = case.versions.order_by("number").last() if case.state in ("expert_review", "site_visit") else None
    Seat.objects.bulk_create(Seat(case=case, expert=expert, draw=made, version=version) for expert in experts)
