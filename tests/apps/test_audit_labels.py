"""Every action code that the code writes has a Chinese name, and no name stands for nothing."""

import ast
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.conf import settings

from spectown.audit.labels import ACTIONS, WORKS, action_label, field_of, type_label
from spectown.audit.verification import ACTION
from spectown.certification.workflow import WORKFLOW as PRECHECK
from spectown.core.evaluation.lifecycle import EVALUATION
from spectown.core.evaluation.lifecycle import OBJECTION as EVALUATION_REPLY
from spectown.core.evaluation.schemelife import SCHEME
from spectown.core.rounds.lifecycles import OBJECTION, ROUND, TITLE
from spectown.core.rounds.states import CASES
from spectown.core.supervision.visits import VISIT
from spectown.documents.workflow import WORKFLOW as DOCUMENTS
from spectown.web.system.filters import TYPES

SOURCES = [p for p in (Path(settings.BASE_DIR) / "spectown").rglob("*.py") if "migrations" not in p.parts]
# Functions that take an action code as their first or third argument instead of `action=`.
HANDED_ON = {"_note": 0, "_switch": 2}


def codes() -> Iterator[tuple[str, str]]:
    """(code, file) of every action code written anywhere."""
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                yield from ((code, str(path)) for code in _codes(node))
    yield ACTION, "verification.py"
    yield from ((f"application.{move.code}", "workflow.py") for move in PRECHECK.moves)
    yield from ((f"document.{move.code}", "workflow.py") for move in DOCUMENTS.moves)
    yield from ((f"case.{move.code}", "states.py") for table in CASES.values() for move in table.moves)
    yield from ((f"round.{move.code}", "lifecycles.py") for move in ROUND.moves)
    yield from ((f"objection.{move.code}", "lifecycles.py") for move in OBJECTION.moves)
    yield from ((f"{kind}.{move.code}", "states.py") for kind, table in WORKS.items() for move in table.moves)
    yield from ((f"visit.{move.code}", "visits.py") for move in VISIT.moves)
    yield from ((f"title.{move.code}", "lifecycles.py") for move in TITLE.moves)
    yield from ((f"evaluation.{move.code}", "lifecycle.py") for move in EVALUATION.moves)
    yield from ((f"evaluation_reply.{move.code}", "lifecycle.py") for move in EVALUATION_REPLY.moves)
    yield from ((f"scheme.{move.code}", "schemelife.py") for move in SCHEME.moves)


def _codes(call: ast.Call) -> Iterator[str]:
    name = getattr(call.func, "id", getattr(call.func, "attr", ""))
    given = [k.value for k in call.keywords if k.arg == "action"] if name in {"record", "record_many", "Source"} else []
    if name in HANDED_ON:
        given = call.args[HANDED_ON[name] : HANDED_ON[name] + 1]
    for value in given:
        if isinstance(value, ast.Constant):
            yield value.value
        elif isinstance(value, ast.IfExp):
            yield from (str(v.value) for v in (value.body, value.orelse) if isinstance(v, ast.Constant))


def test_every_code_has_a_name() -> None:
    found = dict(codes())
    assert len(found) > 20
    assert {code: file for code, file in found.items() if code not in ACTIONS} == {}


def test_codes_are_written_out() -> None:
    """A code put together at run time escapes this test: such places are few and named here."""
    known = {
        "moves.py": "application.{move.code}, document.{move.code}, case.{move.code}, {kind}.{code}",
        "terms.py": "extension.{code}",
        "round_moves.py": "round.{move.code}",
        "objections.py": "objection.{move.code}",
        "replying.py": "evaluation_reply.{move.code}",
        "scheming.py": "scheme.{move.code}",
        "titling.py": "title.{move.code}",
        "visits.py": "visit.{move.code}",
        "certifying.py": "cell.{code}",
        "verification.py": "ACTION",
        "events.py": "_note",
        "services.py": "_switch",
    }
    found = {
        path.name for path in SOURCES for node in ast.walk(ast.parse(path.read_text("utf-8"))) if _is_dynamic(node)
    }
    assert found <= known.keys()


def _is_dynamic(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call) or getattr(node.func, "id", getattr(node.func, "attr", "")) != "record":
        return False
    return any(k.arg == "action" and not isinstance(k.value, ast.Constant) for k in node.keywords)


def test_no_name_without_a_code() -> None:
    assert sorted(ACTIONS.keys() - dict(codes()).keys()) == []


def test_unknown_codes_stand_for_themselves() -> None:
    assert action_label("gone.away") == "gone.away"
    assert type_label("gone.away") == "gone.away"
    assert field_of("gone.away", "x") is None
    assert field_of("towns.town", "no_such_field") is None


def test_kinds_of_the_filter_exist() -> None:
    assert [kind for kind in TYPES if apps.get_model(kind) is None] == []
