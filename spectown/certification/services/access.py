"""What every service asks first: the permission, the scope, the lock."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from spectown.accounts.models import User
from spectown.accounts.permissions import Permission
from spectown.certification.facts import fields_of
from spectown.certification.models import HEAVY, Application, JudgementRecord
from spectown.certification.workflow import EDITABLE
from spectown.lib.refusal import Refused
from spectown.organisations.actors import Actor


def locked(application: Application, by: Actor, permission: Permission) -> Application:
    """The application, locked for this change. Raises NotAllowed without permission, Refused outside the scope."""
    by.require(permission)
    seen = Application.objects.visible_to(by).filter(pk=application.pk).select_related("version").defer(*HEAVY)
    found = seen.select_for_update(of=("self",)).first()
    if found is None:
        raise Refused("这份申报书不属于您的单位,或者不在您这一环节。")
    return found


def refuse_unless_editable(application: Application, codes: Iterable[str] = ()) -> None:
    """Raise Refused outside the states in which one fills in; what a correction (补正) has opened may be changed."""
    if application.state in EDITABLE:
        return
    locked_codes = set(codes) - set(application.open_fields)
    if application.open_fields and not locked_codes:
        return
    if application.open_fields:
        labels = {field.code: field.label for field in fields_of(application)}
        names = "、".join(labels.get(code, code) for code in application.open_fields)
        raise Refused(f"正在补正,只能修改补正通知点名的各项:{names}。")
    raise Refused(f"申报书{application.get_state_display()},不能修改。需要修改的,请先撤回后恢复填报,或由审核人退回。")


def person(by: Actor) -> User:
    """The user behind an actor; a permission is never held without one."""
    return User.objects.get(pk=by.person)


def touch(application: Application, by: Actor) -> None:
    """Count a change of the content; the caller saves."""
    application.revision += 1
    application.changed_at, application.changed_by = timezone.now(), person(by)


def lapse_judgements(application: Application, criteria: Iterable[str]) -> list[str]:
    """Judgements made on material that has changed now count no more; the codes of their criteria."""
    rows = JudgementRecord.objects.filter(
        application=application, criterion__in=list(criteria), lapsed_revision__isnull=True
    )
    codes = sorted(set(rows.values_list("criterion", flat=True)))
    rows.update(lapsed_revision=application.revision)
    return codes
