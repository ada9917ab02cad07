"""How text names an enterprise: 名称(代码), a code, a 编号, or a name where only one has it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from django.db.models import Q

from spectown.enterprises.lists import ENTERPRISES
from spectown.enterprises.models import Enterprise
from spectown.lists.references import Found, Reference, gather

_KEYED = re.compile(r"[((]([0-9A-Z]{18}|QY[0-9]{7,})[))]$")
_CHUNK = 5000


def key_of(text: str) -> str:
    """Code or 编号 that the text carries, in capitals; the bare text where it carries none."""
    found = _KEYED.search(text.strip().upper())
    return found.group(1) if found else text.strip()


def find(texts: Iterable[str]) -> Found:
    """Enterprises by text. Code and number of a merged one lead to the one it was merged into."""
    keys = {text: key_of(text) for text in texts}
    known = gather(_pairs(sorted(set(keys.values()))))
    return {text: known[key] for text, key in keys.items() if key in known}


def labels(pks: Iterable[int]) -> Mapping[int, str]:
    """名称(代码) of enterprises; 名称(编号) where there is no code."""
    found: dict[int, str] = {}
    wanted = sorted(set(pks))
    for start in range(0, len(wanted), _CHUNK):
        rows = Enterprise.objects.filter(pk__in=wanted[start : start + _CHUNK])
        found |= {
            pk: f"{name}({code or ENTERPRISES.number(pk)})" for pk, name, code in rows.values_list("pk", "name", "code")
        }
    return found


def _pairs(keys: list[str]) -> Iterator[tuple[str, int]]:
    for start in range(0, len(keys), _CHUNK):
        yield from _pairs_of(keys[start : start + _CHUNK])


def _pairs_of(keys: list[str]) -> Iterator[tuple[str, int]]:
    numbers = {pk: key for key in keys if key.startswith(ENTERPRISES.prefix) and (pk := ENTERPRISES.pk(key))}
    codes = {key.upper(): key for key in keys if len(key) == 18}
    exact = Q(pk__in=numbers) | Q(code__in=codes)
    reachable = Q(deleted_at__isnull=True) | Q(merged_into__isnull=False)
    for pk, code, kept in Enterprise.objects.filter(exact, reachable).values_list("pk", "code", "merged_into"):
        yield from ((key, kept or pk) for key in (numbers.get(pk), codes.get(code) if code else None) if key)
    named = Enterprise.objects.filter(name__in=keys, deleted_at__isnull=True)
    yield from named.values_list("name", "pk")


ENTERPRISE = Reference(
    options=None,
    find=find,
    labels=labels,
    hint="填“名称(代码)”、统一社会信用代码或编号;名称在全市只有一户时,也可以只填名称。",
)
