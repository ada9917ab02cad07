"""The formal check (形式审查), item by item, and the county's answers to a correction."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from spectown.accounts.permissions import Permission
from spectown.audit import services as audit
from spectown.certification import services as applications
from spectown.core.rounds.words import RoundKind
from spectown.lib.refusal import Refused
from spectown.organisations.actors import Actor
from spectown.rounds.course import ball_of
from spectown.rounds.enums import GOOD, Verdict
from spectown.rounds.facts import Facts
from spectown.rounds.items import FIELD, Item, items_of
from spectown.rounds.models import Case, CaseVersion, CorrectionItem, ItemVerdict
from spectown.rounds.services.moves import locked

EXAMINED_IN = ("formal_check", "second_phase", "rectification_check")
SILENCE_PASSES = ("formal_check", "rectification_check")  # of a recheck: an inspector's silence is no failure
ANSWERED_IN = ("correction", "rectification")


@transaction.atomic
def judge(*, case: Case, item: str, verdict: str, note: str, by: Actor) -> ItemVerdict:
    """Say of one item whether it is fine, or what is wrong with it. Raises Refused."""
    facts, version = _examined(case, by)
    label = next((each.label for each in items_of(facts.case, facts.rules) if each.code == item), None)
    if label is None:
        raise Refused("没有这一审查项。")
    if verdict not in Verdict.values or verdict == Verdict.PASSED_BY_SILENCE:
        raise Refused("请选择审查结论。")
    if verdict not in GOOD and not note.strip():
        raise Refused(f"“{label}”有问题,请写明是什么问题、怎样补正。")
    if verdict not in GOOD and (late := late_for_faults(facts)):
        raise Refused(late)
    return _record(version, Item(item, label), verdict, note.strip(), by)


def late_for_faults(facts: Facts) -> str:
    """Why no fault can be named any more in a recheck: the inspector's own term is over. Empty: it can."""
    clock = ball_of(facts.case, facts.steps, facts.calendar, facts.on).clock
    silent = facts.case.round.kind == RoundKind.RECHECK and facts.case.state in SILENCE_PASSES
    return (
        f"期限{clock.sentence},不能再提出问题;没有提出问题的各项视为通过。" if silent and clock and clock.over else ""
    )


@transaction.atomic
def judge_fields_fine(*, case: Case, by: Actor) -> int:
    """Say of every figure of the form that has no verdict yet that it is fine. Raises Refused."""
    facts, version = _examined(case, by)
    fields = [item for item in items_of(facts.case, facts.rules) if item.code.startswith(FIELD)]
    unjudged = [item for item in fields if item.code not in facts.verdicts]
    for item in unjudged:
        _record(version, item, Verdict.FINE, "", by)
    return len(unjudged)


def _examined(case: Case, by: Actor) -> tuple[Facts, CaseVersion]:
    """The case under examination, locked, and the version that is examined. Raises Refused."""
    by.require(Permission.CASE_EXAMINE)
    facts = Facts(locked(case, by))
    if facts.case.state not in EXAMINED_IN or facts.version is None:
        raise Refused(f"本件现在是“{facts.case.get_state_display()}”,不在审查环节。")
    return facts, facts.version


def _record(version: CaseVersion, item: Item, verdict: str, note: str, by: Actor) -> ItemVerdict:
    made = ItemVerdict.objects.create(
        case=version.case, version=version, item=item.code, verdict=verdict, note=note, made_by_id=by.person
    )
    after = {"item": item.label, "verdict": verdict}
    audit.record(by=by, action="case.judge_item", obj=version.case, after=after, reason=note)
    return made


@transaction.atomic
def answer_field(*, case: Case, item: str, raw: Mapping[str, object], text: str, by: Actor) -> CorrectionItem:
    """Correct an opened field of the application and say what was corrected. Raises Refused."""
    found = locked(case, by)
    code, application = item.removeprefix(FIELD), found.application
    saved = applications.save_answers(application=application, raw=raw, revision=application.revision, by=by)
    if code in saved.unreadable:
        raise Refused("填写的内容读不懂,没有保存。请按该项的说明填写。")
    return answer(case=found, item=item, text=text, by=by)


@transaction.atomic
def answer(*, case: Case, item: str, text: str, by: Actor) -> CorrectionItem:
    """Say what was corrected in an opened item. Raises Refused."""
    by.require(Permission.APPLICATION_FILL)
    found = locked(case, by)
    opened = found.correction_items.filter(item=item, closed_at__isnull=True).first()
    if found.state not in ANSWERED_IN or opened is None:
        raise Refused("这一项没有开放补正。")
    if not text.strip():
        raise Refused("请写明补正了什么。")
    opened.answer, opened.answered_at = text.strip(), timezone.now()
    opened.save(update_fields=["answer", "answered_at"])
    found.changed_at, found.changed_by_id = timezone.now(), by.person
    found.save(update_fields=["changed_at", "changed_by"])
    audit.record(by=by, action="case.answer_item", obj=found, after={"item": item, "answer": opened.answer})
    return opened
