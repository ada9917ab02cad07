"""The formal check (形式审查), item by item, and the county's answers to a correction."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from spectown.accounts.permissions import Permission
from spectown.audit import services as audit
from spectown.lib.refusal import Refused
from spectown.organisations.actors import Actor
from spectown.rounds.conditions.examination import GOOD
from spectown.rounds.enums import Verdict
from spectown.rounds.facts import Facts
from spectown.rounds.items import items_of
from spectown.rounds.models import Case, CorrectionItem, ItemVerdict
from spectown.rounds.services.moves import locked

EXAMINED_IN = ("formal_check", "second_phase", "rectification_check")


@transaction.atomic
def judge(*, case: Case, item: str, verdict: str, note: str, by: Actor) -> ItemVerdict:
    """Say of one item whether it is fine, or what is wrong with it. Raises Refused."""
    by.require(Permission.CASE_EXAMINE)
    found = locked(case, by)
    facts, note = Facts(found), note.strip()
    if found.state not in EXAMINED_IN or facts.version is None:
        raise Refused(f"本件现在是“{found.get_state_display()}”,不在审查环节。")
    label = next((each.label for each in items_of(found, facts.rules) if each.code == item), None)
    if label is None:
        raise Refused("没有这一审查项。")
    if verdict not in Verdict.values or verdict == Verdict.PASSED_BY_SILENCE:
        raise Refused("请选择审查结论。")
    if verdict not in GOOD and not note:
        raise Refused(f"“{label}”有问题,请写明是什么问题、怎样补正。")
    made = ItemVerdict.objects.create(
        case=found, version=facts.version, item=item, verdict=verdict, note=note, made_by_id=by.person
    )
    audit.record(by=by, action="case.judge_item", obj=found, after={"item": label, "verdict": verdict}, reason=note)
    return made


@transaction.atomic
def answer(*, case: Case, item: str, text: str, by: Actor) -> CorrectionItem:
    """Say what was corrected in an opened item. Raises Refused."""
    by.require(Permission.APPLICATION_FILL)
    found = locked(case, by)
    opened = found.correction_items.filter(item=item, closed_at__isnull=True).first()
    if found.state != "correction" or opened is None:
        raise Refused("这一项没有开放补正。")
    if not text.strip():
        raise Refused("请写明补正了什么。")
    opened.answer, opened.answered_at = text.strip(), timezone.now()
    opened.save(update_fields=["answer", "answered_at"])
    found.changed_at, found.changed_by_id = timezone.now(), by.person
    found.save(update_fields=["changed_at", "changed_by"])
    audit.record(by=by, action="case.answer_item", obj=found, after={"item": item, "answer": opened.answer})
    return opened
