"""A county enters a round with one of its applications; the office moves a case to newer rules."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from spectown.accounts.permissions import Permission
from spectown.audit import services as audit
from spectown.certification.models import Application
from spectown.core.rounds.words import RoundKind
from spectown.lib.refusal import Refused
from spectown.organisations.actors import Actor
from spectown.rounds.models import Case, LateEntry, Round, RulesVersion
from spectown.rounds.services.moves import locked
from spectown.rounds.services.rounds import current_rules

ENTERED_IN = ("open", "reviewing")


@transaction.atomic
def begin(*, round_: Round, application: Application, by: Actor) -> Case:
    """A new case under the current rules. Raises Refused."""
    by.require(Permission.APPLICATION_FILL)
    if round_.kind == RoundKind.RECHECK:
        raise Refused("复核由领导小组办公室逐件通知,不用自行进入。")
    rules = current_rules(round_)
    if round_.state not in ENTERED_IN or not _may_enter(round_, rules, by):
        raise Refused(f"“{round_.name}”现在不接受申报({round_.get_state_display()})。")
    if not Application.objects.visible_to(by).filter(pk=application.pk).exists():
        raise Refused("这份申报书不属于您的单位。")
    if application.version_id != round_.version_id:
        raise Refused("这份申报书按另一版方案填写,请按本批次的方案版本新建申报书。")
    if Case.objects.filter(round=round_, application=application).exists():
        raise Refused("这份申报书已经进入本批次,不要重复申报。")
    case = Case.objects.create(
        round=round_,
        rules=rules,
        application=application,
        unit_id=application.unit_id,
        town_id=application.town_id,
        changed_by_id=by.person,
        is_demo=application.is_demo,
    )
    audit.record(by=by, action="case.begin", obj=case, after={"round": round_.name, "rules": rules.number})
    return case


def _may_enter(round_: Round, rules: RulesVersion, by: Actor) -> bool:
    today, window = timezone.localdate(), rules.rules.window
    if window.opens <= today <= window.closes:
        return True
    return LateEntry.objects.filter(round=round_, unit_id=by.unit_id or 0, until__gte=today).exists()


@transaction.atomic
def move_to_rules(*, case: Case, rules: RulesVersion, reason: str, by: Actor) -> Case:
    """Put a running case under newer rules, explicitly and with a reason. Raises Refused."""
    by.require(Permission.ROUND_MANAGE)
    found = locked(case, by)
    if rules.round_id != found.round_id or rules.published_at is None or rules.number <= found.rules.number:
        raise Refused("只能改为本批次已发布的更新版本的规则。")
    if not reason.strip():
        raise Refused("请写明改用新规则的理由。")
    before, found.rules = found.rules.number, rules
    found.save(update_fields=["rules"])
    audit.record(
        by=by,
        action="case.rules",
        obj=found,
        before={"rules": before},
        after={"rules": rules.number},
        reason=reason.strip(),
    )
    return found
