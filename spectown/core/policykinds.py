"""Which tasks of the plan a kind of town policy (一镇一策) serves: policies.yaml of the plan."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from spectown.core.evaluation.scheme import STRICT
from spectown.core.faults import said

KINDS = ("funds", "land", "finance", "talent", "innovation", "market", "service")  # of the list of town policies


class PolicyFault(Exception):
    """The entries cannot be used; the message names place and reason in Chinese."""


@dataclass(frozen=True, slots=True, config=STRICT)
class PolicyKind:
    """A kind of measure and the clauses of the tasks that it serves; `clause`: what asks for town policies."""

    kind: str
    clauses: tuple[str, ...]
    clause: str
    source: str


_READ = TypeAdapter(tuple[PolicyKind, ...])


def read_policy_kinds(entries: object) -> tuple[PolicyKind, ...]:
    """Entries of policies.yaml. Raises PolicyFault."""
    try:
        found = _READ.validate_python(entries)
    except ValidationError as error:
        raise PolicyFault(f"policies.yaml 有误:{';'.join(dict.fromkeys(map(said, error.errors())))}") from error
    kinds = [each.kind for each in found]
    if odd := [kind for kind in kinds if kind not in KINDS]:
        raise PolicyFault(f"policies.yaml 的 kind {'、'.join(odd)} 不是政策类型,应为 {'、'.join(KINDS)} 之一")
    if twice := sorted({kind for kind in kinds if kinds.count(kind) > 1}):
        raise PolicyFault(f"policies.yaml 的 kind {'、'.join(twice)} 写了两次,请合为一条")
    return found


def serves(kinds: Iterable[PolicyKind], kind: str, task: str) -> bool:
    """True where measures of the kind serve the task with this clause."""
    return any(each.kind == kind and task in each.clauses for each in kinds)
