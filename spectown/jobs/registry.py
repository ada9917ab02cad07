"""Which kinds of jobs there are and what is done from time to time; filled by `jobs.py` of each app at start."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

Run = Callable[..., Any]
Function = TypeVar("Function", bound=Callable[..., Any])
Work = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of job. `idempotent`: a run that broke off may simply be repeated."""

    code: str
    title: str
    run: Run
    idempotent: bool
    max_attempts: int


@dataclass(frozen=True, slots=True)
class Periodic:
    """Work that one of the workers does every so many seconds."""

    name: str
    seconds: int
    run: Work


KINDS: dict[str, Kind] = {}
PERIODIC: dict[str, Periodic] = {}


def job(code: str, *, title: str, idempotent: bool = True, max_attempts: int = 3) -> Callable[[Function], Function]:
    """Declare `run(ctx, **args)` as a kind of job; what it returns (a JSON object or None) is the job's result.

    A job that is not idempotent is never repeated: when its worker dies it has failed.
    """

    def declare(run: Function) -> Function:
        _once(KINDS, code, run)
        KINDS[code] = Kind(code, title, run, idempotent, max_attempts if idempotent else 1)
        return run

    return declare


def periodic(name: str, *, seconds: int) -> Callable[[Function], Function]:
    """Declare a function without arguments that one of all workers calls every `seconds`; it must take less."""

    def declare(run: Function) -> Function:
        _once(PERIODIC, name, run)
        PERIODIC[name] = Periodic(name, seconds, run)
        return run

    return declare


def _once(table: dict[str, Any], code: str, run: Run) -> None:
    known = table.get(code)
    if known is not None and (known.run.__module__, known.run.__qualname__) != (run.__module__, run.__qualname__):
        raise ValueError(f"{code} is declared twice: {known.run.__module__} and {run.__module__}")
