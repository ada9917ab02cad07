"""No change without a trace: bulk changes and deletions stand in a function that writes an event, or below one.

An approximation by names: a function is covered when it records itself, or when it is called and every function that
calls it is covered. `.update(x)` of a dict has a positional argument; a queryset's has none.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR) / "spectown"
SILENT = {"update", "bulk_create", "bulk_update", "delete"}
# Loading writes a whole plan under one event; the digest of the folder stands in it.
LOADING = re.compile(r"(loading\w*|demo\w*)\.py$|/demo\w*/")


@dataclass
class Function:
    """What a function does to the database: silent changes, an event, calls of others by name."""

    place: str
    changes: list[str] = field(default_factory=list)
    records: bool = False
    calls: set[str] = field(default_factory=set)


# Carried out from a table by the app's services.moves.move, which records.
EFFECTS = re.compile(
    r"rounds/effects/|evaluation/(effects|computing)\.py$|supervision/effects\.py$|supervision/kinds/|supervision/notices/"
)
# Works out anew what follows from what the log has; a cell that nobody fills in keeps its versions by itself.
DERIVED = re.compile(r"supervision/(lighting|\w*keeping|due)\.py$|monitoring/(writing|tallying|overlaps)\.py$")
# The outbox is itself the record of what was sent to whom and when; what people decide about it is logged in services.
OUTBOX = re.compile(r"outbox/(posting|sending|delivering|reading)\.py$")
LOG = "audit/blocks.py"  # writes the parts of an event of the log itself


def sources() -> dict[str, str]:
    """Modules that must leave a trace, by path."""
    paths = [p for p in sorted(ROOT.rglob("*.py")) if not {"migrations", "core"} & set(p.parts)]
    named = {str(p.relative_to(ROOT)): p for p in paths}
    found = {name: path.read_text("utf-8") for name, path in named.items() if not LOADING.search(name)}
    return {
        place: source
        for place, source in found.items()
        if place != LOG and not any(known.search(place) for known in (EFFECTS, DERIVED, OUTBOX))
    }


def functions(modules: dict[str, str]) -> Iterator[tuple[str, Function]]:
    for place, source in modules.items():
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.FunctionDef):
                yield node.name, _read(node, f"{place}:{node.name}")


def _read(node: ast.FunctionDef, place: str) -> Function:
    found = Function(place)
    for call in [c for c in ast.walk(node) if isinstance(c, ast.Call)]:
        name = getattr(call.func, "attr", getattr(call.func, "id", ""))
        found.calls.add(name)
        found.records |= name in {"record", "_record", "record_many"}
        if isinstance(call.func, ast.Attribute) and _is_silent(call, name, ast.unparse(call.func.value)):
            found.changes.append(name)
    return found


def _is_silent(call: ast.Call, name: str, owner: str) -> bool:
    file = name == "delete" and any(word.arg == "save" for word in call.keywords)  # a stored file, not a row
    return name in SILENT and not file and not (name == "update" and call.args) and "super()" not in owner


def uncovered(modules: dict[str, str]) -> list[str]:
    """Places of silent changes without an event."""
    known: dict[str, list[Function]] = {}
    for name, function in functions(modules):
        known.setdefault(name, []).append(function)

    def covered(name: str, function: Function, seen: frozenset[str]) -> bool:
        if function.records:
            return True
        near = f"{function.place.partition(':')[0]}:" if name.startswith("_") else ""  # private: called at home only
        others = [(n, f) for n, fs in known.items() for f in fs if n != name and f.place.startswith(near)]
        callers = [(n, f) for n, f in others if name in f.calls]
        return bool(callers) and name not in seen and all(covered(n, f, seen | {name}) for n, f in callers)

    return [
        f"{f.place} .{'/'.join(f.changes)}()"
        for name, fs in known.items()
        for f in fs
        if f.changes and not covered(name, f, frozenset())
    ]


def test_nothing_changes_without_an_event() -> None:
    assert uncovered(sources()) == []


@pytest.mark.parametrize(
    ("source", "silent"),
    [
        ("def f(): Town.objects.filter(pk=1).update(name='x')", True),
        ("def f(): Town.objects.bulk_create(rows)", True),
        ("def f(): town.delete()", True),
        ("def f(): run.upload.delete(save=False)", False),
        ("def f():\n town.delete()\n audit.record(by=by)", False),
        ("def f(): found.update({'a': 1})", False),
        ("def f(): return Town.objects.all()", False),
        ("def f(): town.delete()\ndef g():\n f()\n audit.record(by=by)", False),
        ("def f(): town.delete()\ndef g():\n f()\n audit.record(by=by)\ndef h(): f()", True),
        ("def f(): town.delete(); g()\ndef g(): f()", True),
    ],
)
def test_the_search_works(source: str, silent: bool) -> None:
    assert bool(uncovered({"x.py": source})) is silent
