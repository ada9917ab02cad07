"""Write an event in the caller's transaction; check the whole chain."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.utils import timezone

from spectown.audit import blocks
from spectown.audit.chain import GENESIS, digest, key_id
from spectown.audit.models import ChainHead, Event


class By(Protocol):
    """Who acts: any object with these (organisations.actors.Actor is the usual one)."""

    @property
    def user_id(self) -> int | None:
        """Number of the user; None for the system."""

    @property
    def name(self) -> str:
        """Name of the person."""

    @property
    def unit_name(self) -> str:
        """Unit for which the person acts."""

    @property
    def address(self) -> str:
        """Network address the request came from."""


@dataclass(frozen=True, slots=True)
class System:
    """The system itself acting: start, timer, load command."""

    name: str = "系统"
    user_id: None = None
    unit_name: str = ""
    address: str = ""


SYSTEM = System()
CHUNK = 2000  # events read at a time by a verification


def record(
    *,
    by: By,
    action: str,
    obj: models.Model,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    reason: str = "",
) -> Event:
    """Append one event about `obj` to the chain; must run inside the transaction of the change itself."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("audit.record outside a transaction: the change and its event must stand or fall together")
    about = {"object_type": obj._meta.label_lower, "object_id": str(obj.pk), "object_label": str(obj)[:200]}
    said = {"before": _plain(before), "after": _plain(after), "reason": reason}
    return _chained(_locked_head(), by, action=action, **about, **said)


def record_many(
    *,
    by: By,
    action: str,
    model: type[models.Model],
    block: blocks.Block,
    reason: str = "",
    after: Mapping[str, Any] | None = None,
) -> Event:
    """Append one event about many rows of a model, with the change of each row sealed in its block.

    `block`: of blocks.block_of. `after`: what to say about the whole. Must run inside the transaction of the changes
    themselves.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("audit.record_many outside a transaction: changes and event must stand or fall together")
    kind = model._meta.label_lower
    head = _locked_head()
    blocks.store(block, seq=head.seq + 1, object_type=kind)
    about = {
        "object_type": kind,
        "object_id": "",
        "object_label": f"{model._meta.verbose_name} {block.seal['rows']} 行",
    }
    said = {"before": {}, "after": _plain(after) | {blocks.BLOCK: block.seal}, "reason": reason}
    return _chained(head, by, action=action, **about, **said)


def _chained(head: ChainHead, by: By, **content: Any) -> Event:
    event = Event(
        seq=head.seq + 1,
        at=timezone.now(),
        actor_id=by.user_id,
        actor_name=by.name,
        actor_unit=by.unit_name,
        address=by.address,
        key_id=key_id(),
        previous=head.digest,
        **content,
    )
    event.digest = digest(event)
    event.save()
    head.seq, head.digest = event.seq, event.digest
    head.save()
    return event


def _locked_head() -> ChainHead:
    head, _ = ChainHead.objects.select_for_update().get_or_create(pk=1, defaults={"seq": 0, "digest": GENESIS})
    return head


def _plain(values: Mapping[str, Any] | None) -> dict[str, Any]:
    """JSON as the database will give it back, so that the digest does not change on reading."""
    plain: dict[str, Any] = json.loads(json.dumps(dict(values or {}), cls=DjangoJSONEncoder, ensure_ascii=False))
    return plain


def snapshot(obj: models.Model, fields: tuple[str, ...] | None = None) -> dict[str, Any]:
    """Stored values of an object by field name, for `before` and `after`."""
    chosen = [f for f in obj._meta.concrete_fields if fields is None or f.name in fields]
    return {f.name: _value(f, obj) for f in chosen}


def _value(field: models.Field[Any, Any], obj: models.Model) -> Any:
    value = field.value_from_object(obj)
    return str(value) if isinstance(field, models.FileField) else value


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Only the fields that differ, of both sides."""
    changed = [k for k in after if before.get(k) != after[k]]
    return {k: before.get(k) for k in changed}, {k: after[k] for k in changed}


@dataclass(frozen=True, slots=True)
class Breach:
    """One place where the chain does not hold."""

    seq: int
    at: datetime.datetime | None
    message: str


def breaches(expected_digest: str = "", watch: Callable[[int], None] | None = None) -> Iterator[Breach]:
    """Every place where the log was changed, thinned, forked or cut; none when it is whole.

    `expected_digest`: a last digest noted earlier elsewhere; it must still stand somewhere in the chain, which shows a
    whole database put back to an older state. Writers may go on meanwhile: the head is read before and after.
    `watch` is told the number of events checked, every 2,000; what it raises ends the check.
    """
    head = last_of_chain()
    previous, position, at_head, found = GENESIS, 0, GENESIS if head[0] == 0 else "", not expected_digest
    ours, with_block = key_id(), set()
    for event in Event.objects.order_by("seq").iterator(chunk_size=CHUNK):
        position += 1
        yield from _event_breaches(event, position, previous, ours)
        if blocks.sealed(event.after):
            with_block.add(event.seq)
        position, previous = event.seq, event.digest
        at_head = event.digest if event.seq == head[0] else at_head
        found = found or event.digest == expected_digest
        if watch is not None and position % CHUNK == 0:
            watch(position)
    yield from (Breach(*stray) for stray in blocks.strays(with_block, position, last_of_chain()[0]))
    if at_head != head[1] or position > last_of_chain()[0]:
        yield Breach(head[0], None, f"链头记到第 {head[0]} 条,日志只到第 {position} 条或内容不同:末尾被删改过")
    if not found:
        yield Breach(position, None, "此前记下的校验值在日志中找不到:日志可能被整体换成了旧的")


def last_of_chain() -> tuple[int, str]:
    """Number and digest of the last event as the chain's head has it."""
    head = ChainHead.objects.filter(pk=1).first()
    return (head.seq, head.digest) if head else (0, GENESIS)


def _event_breaches(event: Event, position: int, previous: str, ours: str) -> Iterator[Breach]:
    if event.seq != position:
        yield Breach(event.seq, event.at, f"第 {position} 条起缺少 {event.seq - position} 条")
    if event.previous != previous:
        yield Breach(event.seq, event.at, "与上一条接不上:上一条被改动、删除或插入过")
    if event.key_id != ours:
        yield Breach(event.seq, event.at, "所用密钥不是现在的 AUDIT_KEY:请找回原密钥再核验")
    elif event.digest != digest(event):
        yield Breach(event.seq, event.at, "内容与校验值不符:本条被改动过")
    seal = blocks.sealed(event.after)
    fault = blocks.fault(event.seq, event.object_type, seal) if seal else ""
    if fault:
        yield Breach(event.seq, event.at, fault)
