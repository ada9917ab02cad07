"""A published year of evaluation without any figures for the access table: every page must bear that."""

import datetime
from typing import Any

from django.utils import timezone

from spectown.accounts.permissions import Role
from spectown.evaluation.models import Evaluation, SnapshotValue
from spectown.evaluation.services import beginning, moves
from spectown.organisations.models import Unit
from tests import factories

YEAR = 2025
BEFORE_SIGNING = ("freeze", "compute", "open_replies", "close_replies", "finalise")


def evaluation(unit: Unit) -> dict[str, dict[str, Any]]:
    """Of a town for which the unit answers, and of another one."""
    town = factories.TownFactory.create(responsible_unit=unit)
    factories.LevelRecordFactory.create(town=town)
    office, leader = factories.actor(Role.OFFICE), factories.actor(Role.LEADER)
    beginning.begin(year=YEAR, by=office)
    rows = Evaluation.objects.filter(year=YEAR)
    scheme = rows.get().scheme
    scheme["scheme"]["robustness"]["draws"] = 20
    rows.update(scheme=scheme)
    for code in BEFORE_SIGNING:
        moves.move(evaluation=rows.get(), code=code, by=office)
        if code == "open_replies":
            rows.update(reply_until=timezone.localdate() - datetime.timedelta(1))
    moves.move(evaluation=rows.get(), code="sign", by=leader)
    moves.move(evaluation=rows.get(), code="publish", by=office)
    entry = factories.EvaluationEntryFactory.create(evaluation=rows.get(), town=town)
    args: dict[str, dict[str, Any]] = {
        "evaluation": {"key": YEAR},
        "no_evaluation": {"key": 1999},
        "no_evaluation_by_scheme": {"key": f"{YEAR}-nothing"},
        "evaluation_move": {"key": YEAR, "code": "freeze"},
        "no_evaluation_move": {"key": YEAR, "code": "nothing"},
        "evaluated": {"key": YEAR, "code": town.code},
        "not_evaluated": {"key": YEAR, "code": "nothing"},
        "evaluation_entry": {"key": YEAR, "pk": entry.pk},
        "no_evaluation_value": {"key": YEAR, "pk": 0},
    }
    values = SnapshotValue.objects.filter(participant__snapshot__evaluation__year=YEAR, code="output")
    for name, value in (
        ("", values.filter(participant__town=town)[0]),
        ("_elsewhere", values.exclude(participant__town=town).exclude(participant__town__operator=unit)[0]),
    ):
        reply = factories.ReplyFactory.create(value=value, state="sent", sent_at=timezone.now(), sent_by=entry.made_by)
        args |= {
            f"evaluation_value{name}": {"key": YEAR, "pk": value.pk},
            f"evaluation_reply{name}": {"key": YEAR, "pk": reply.pk},
            f"evaluation_reply_move{name}": {"key": YEAR, "pk": reply.pk, "code": "withdraw"},
        }
    return args | _schemes()


def _schemes() -> dict[str, dict[str, Any]]:
    """A draft: of the office and the leading group alone."""
    draft = {"pk": factories.SchemeFactory.create().pk}
    return {
        "scheme_draft": draft,
        "scheme_draft_move": {**draft, "code": "send"},
        "scheme_draft_part": {**draft, "name": "general"},
        "no_scheme_draft_part": {**draft, "name": "nothing"},
        "scheme_draft_add": {**draft, "kind": "dimension", "code": "total"},
        "scheme_draft_node": {**draft, "code": "产业规模"},
        "no_scheme_draft_node": {**draft, "code": "nothing"},
    }
