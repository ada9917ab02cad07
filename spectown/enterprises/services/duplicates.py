"""Enterprises that look alike are searched for, and told apart where they are two."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

import polars as pl
from django.db import transaction
from django.utils import timezone

from spectown.accounts.permissions import Permission
from spectown.audit.services import record
from spectown.core.enterprises.pairs import Likeness, find_pairs
from spectown.enterprises.enums import PairState
from spectown.enterprises.models import DuplicatePair, Enterprise
from spectown.enterprises.rules import market_rule
from spectown.lib.columnar.reading import read
from spectown.lib.refusal import Refused
from spectown.organisations.actors import Actor
from spectown.organisations.models import Territory
from spectown.plans.models import PlanVersion

_BATCH = 5000
_LONGEST = 500  # characters of a reason
Known = Mapping[tuple[int, int], DuplicatePair]
Found = Mapping[tuple[int, int], Likeness]


def search(*, today: datetime.date, by: Actor) -> int:
    """Look through all enterprises; return how many pairs now wait. What was decided stays decided.

    Open pairs that no longer look alike go, the others say why they look alike now. The pairs follow from the list, so
    the log has their number only. Compares outside any transaction and writes in one: nobody waits meanwhile.
    Raises Refused where the plan has no settings for it.
    """
    by.require(Permission.LIST_MERGE)
    rule, version = market_rule(today), PlanVersion.objects.current()
    if rule is None or version is None:
        raise Refused("现行方案没有名称相近度的口径(market.yaml),不能查找重复。请与市工信局系统管理员联系。")
    begun = timezone.now()
    likenesses = _likenesses(rule.similar, version.city)
    with transaction.atomic():
        gone = set(Enterprise.objects.filter(deleted_at__gte=begun).values_list("pk", flat=True))
        found = {(p.first, p.second): p for p in likenesses if p.first not in gone and p.second not in gone}
        known = {(pair.first_id, pair.second_id): pair for pair in DuplicatePair.objects.all()}
        after = {
            "added": _add_pairs(known, found),
            "removed": _forget(known, found),
            "renewed": _renewed_pairs(known, found),
        }
        waiting = DuplicatePair.objects.filter(state=PairState.OPEN).count()
        record(by=by, action="enterprise.search", obj=version, after={**after, "open": waiting})
    return waiting


@transaction.atomic
def decide_distinct(*, pair: DuplicatePair, reason: str, by: Actor) -> DuplicatePair:
    """不是重复: remembered with the reason, not asked again. Raises Refused for a decided pair or without reason."""
    by.require(Permission.LIST_MERGE)
    found = DuplicatePair.objects.select_for_update(of=("self",)).select_related("first", "second").get(pk=pair.pk)
    if found.state != PairState.OPEN:
        raise Refused(f"这一对已经判断为“{found.get_state_display()}”,不用再判断。")
    if not reason.strip():
        raise Refused("请填写理由,说明为什么是两户。")
    if len(reason.strip()) > _LONGEST:
        raise Refused(f"理由最多 {_LONGEST} 字,现在是 {len(reason.strip())} 字,请写短一些。")
    found.state, found.decision_reason = PairState.DISTINCT, reason.strip()
    found.decided_at, found.decided_by_id = timezone.now(), by.person
    found.save()
    after = {"first": found.first_id, "second": found.second_id}
    record(by=by, action="enterprise.distinct", obj=found, after=after, reason=found.decision_reason)
    return found


def _likenesses(least: int, city: str) -> list[Likeness]:
    rows = Enterprise.objects.filter(deleted_at__isnull=True)
    frame = read(rows, ["id", "name", "kind", "code", "territory"]).rename({"id": "pk"})
    places = [city, *Territory.objects.values_list("name", flat=True)]
    return find_pairs(frame.with_columns(pl.col("code").fill_null("")), places, least)


def _add_pairs(known: Known, found: Found) -> int:
    """Pairs never seen before."""
    new = [pair for key, pair in found.items() if key not in known]
    made = (DuplicatePair(first_id=p.first, second_id=p.second, reason=p.reason, score=p.score) for p in new)
    DuplicatePair.objects.bulk_create(made, batch_size=_BATCH, ignore_conflicts=True)  # two searches at once
    return len(new)


def _forget(known: Known, found: Found) -> int:
    """Open pairs that no longer look alike."""
    gone = [pair.pk for key, pair in known.items() if pair.state == PairState.OPEN and key not in found]
    for start in range(0, len(gone), _BATCH):
        DuplicatePair.objects.filter(pk__in=gone[start : start + _BATCH]).delete()
    return len(gone)


def _renewed_pairs(known: Known, found: Found) -> int:
    """Open pairs that look alike for another reason than before, since a name or a code was changed."""
    changed = []
    for key, pair in known.items():
        now = found.get(key)
        if pair.state != PairState.OPEN or now is None or (pair.reason, pair.score) == (now.reason, now.score):
            continue
        pair.reason, pair.score = now.reason, now.score
        changed.append(pair)
    DuplicatePair.objects.bulk_update(changed, ["reason", "score"], batch_size=_BATCH)
    return len(changed)
