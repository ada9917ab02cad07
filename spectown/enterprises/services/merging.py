"""Two rows that are one enterprise become one: nothing of either is lost, and the old number leads to the kept one."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from spectown.accounts.permissions import Permission
from spectown.audit.services import differences, record
from spectown.enterprises.enums import PairReason, PairState
from spectown.enterprises.lists import ENTERPRISES, TOWN_MEMBERSHIPS
from spectown.enterprises.models import DuplicatePair, Enterprise, TownMembership
from spectown.enterprises.services.moving import Moved, move_rows
from spectown.lib.refusal import Refused
from spectown.lists.checking import check_row, stored
from spectown.lists.following import carry, follow
from spectown.lists.scope import changeable
from spectown.lists.searchable import search_text
from spectown.organisations.actors import Actor


@transaction.atomic
def merge(*, keep: Enterprise, drop: Enterprise, choices: Collection[str], reason: str, by: Actor) -> Moved:
    """`drop` goes into `keep`; `choices` are the columns whose value is taken from `drop`.

    All rows that refer to `drop` refer to `keep` afterwards; of rows that both have (the same year, the same honour)
    that of `keep` stands and the other is among the deleted. A former main town with a part in its chain stays as a
    further town. Raises Refused, ValidationError by column where the result would break a rule, NotAllowed.
    """
    by.require(Permission.LIST_MERGE)
    kept, dropped = _locked(keep.pk, drop.pk, by)
    if not reason.strip():
        raise Refused("请填写合并理由,说明依据什么判断是同一户。")
    if unknown := set(choices) - ENTERPRISES.by_name.keys():
        raise Refused(f"企业清单没有这些栏:{'、'.join(sorted(unknown))}。")
    before, former = stored(ENTERPRISES, kept), [(e.town_id, e.chain_role) for e in (kept, dropped)]
    _take_out(dropped, kept, reason, by)
    _take_over(kept, dropped, choices)
    moved = move_rows(kept=kept, dropped=dropped, by=by, reason=reason.strip())
    _keep_towns(kept, former, by, reason)
    carry(ENTERPRISES, [kept.pk])
    _close_pairs(kept, dropped, reason, by)
    old, new = differences(before, stored(ENTERPRISES, kept))
    new |= {"merged": dropped.pk, "merged_number": ENTERPRISES.number(dropped.pk), "moved_rows": moved.total}
    record(by=by, action="enterprise.merge", obj=kept, before=old, after=new, reason=reason.strip())
    return moved


def _locked(keep: int, drop: int, by: Actor) -> tuple[Enterprise, Enterprise]:
    if keep == drop:
        raise Refused("请选两户不同的企业。")
    rows = changeable(ENTERPRISES, by).select_for_update(of=("self",)).filter(pk__in=(keep, drop)).order_by("pk")
    found = {row.pk: row for row in rows}
    for pk in (keep, drop):
        if pk not in found:
            raise Refused(f"企业清单中没有您可以维护的第 {ENTERPRISES.number(pk)} 行,可能已被删除或合并。")
    return found[keep], found[drop]


def _take_out(dropped: Enterprise, kept: Enterprise, reason: str, by: Actor) -> None:
    values = stored(ENTERPRISES, dropped)
    dropped.deleted_at, dropped.deleted_by_id, dropped.merged_into = timezone.now(), by.person, kept
    dropped.delete_reason = f"并入 {ENTERPRISES.number(kept.pk)}:{reason.strip()}"[:500]
    _step(dropped)
    after = {"merged_into": kept.pk, "merged_number": ENTERPRISES.number(kept.pk)}
    record(by=by, action="enterprise.merge_away", obj=dropped, before=values, after=after, reason=reason.strip())


def _take_over(kept: Enterprise, dropped: Enterprise, choices: Collection[str]) -> None:
    for name in choices:
        setattr(kept, name, getattr(dropped, name))
    if kept.unit_id is None:
        kept.unit_id = dropped.unit_id
    check_row(ENTERPRISES, kept)
    kept.search_text = search_text(ENTERPRISES, kept)
    _step(kept)


def _step(row: Enterprise | TownMembership) -> None:
    row.version += 1
    row.updated_at = timezone.now()
    row.save()


def _keep_towns(kept: Enterprise, former: list[tuple[int | None, str]], by: Actor, reason: str) -> None:
    """A main town that gave way stays as a further town, so that the counts of that town do not change."""
    for town, role in former:
        members = TownMembership.objects.filter(enterprise=kept, town=town, deleted_at__isnull=True)
        if town is None or not role or town == kept.town_id or members.exists():
            continue
        row = TownMembership(enterprise=kept, town_id=town, chain_role=role, is_demo=kept.is_demo)
        follow(TOWN_MEMBERSHIPS, row)
        check_row(TOWN_MEMBERSHIPS, row)
        row.save(force_insert=True)
        record(by=by, action="list.create", obj=row, after=stored(TOWN_MEMBERSHIPS, row), reason=reason.strip())


def _close_pairs(kept: Enterprise, dropped: Enterprise, reason: str, by: Actor) -> None:
    """This pair is decided; others of the dropped one are asked anew with the kept one by the next search."""
    first, second = sorted((kept.pk, dropped.pk))
    decided = {"state": PairState.MERGED, "decided_at": timezone.now(), "decided_by_id": by.person}
    decided["decision_reason"] = reason.strip()
    pair, _ = DuplicatePair.objects.update_or_create(
        first_id=first,
        second_id=second,
        defaults=decided,
        create_defaults={**decided, "reason": PairReason.BY_HAND, "score": 0},
    )
    others = DuplicatePair.objects.filter(state=PairState.OPEN)
    (others.filter(first=dropped) | others.filter(second=dropped)).exclude(pk=pair.pk).delete()
