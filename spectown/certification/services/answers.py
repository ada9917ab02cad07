"""New applications, and what is filled in: nothing typed is lost, nothing of others is overwritten."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from spectown.accounts.models import Installation
from spectown.accounts.permissions import Permission
from spectown.audit import services as audit
from spectown.certification.facts import COLUMNS, EVIDENCE, HONOUR, criteria_of, places_of, raw_of
from spectown.certification.models import Application, EvidenceText, Honour
from spectown.certification.services.access import lapse_judgements, locked, person, refuse_unless_editable, touch
from spectown.core.certification.answers import Answers
from spectown.core.certification.criteria import CheckName, CriteriaError, CriteriaSet
from spectown.core.certification.fields import form_fields
from spectown.core.certification.validate import read_answers
from spectown.lib.refusal import Refused
from spectown.organisations.actors import Actor
from spectown.organisations.models import Unit
from spectown.plans.models import PlanVersion
from spectown.towns.models import Town


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field that was saved by others with another value than the one typed now."""

    code: str
    stored: object
    typed: object


class StaleRevision(Refused):
    """Somebody else saved in between; `conflicts` shows the difference, nothing has been written."""

    def __init__(self, conflicts: list[Conflict], revision: int, who: str) -> None:
        self.conflicts, self.revision, self.who = conflicts, revision, who
        super().__init__(f"您打开之后,{who}又保存过,有 {len(conflicts)} 项与您填写的不同。请核对后再保存。")


@transaction.atomic
def create(*, by: Actor, town: Town | None = None, raw: Mapping[str, object] | None = None) -> Application:
    """Start a draft for the actor's unit under the current plan, with what is known filled in, then `raw` over it."""
    by.require(Permission.APPLICATION_FILL)
    version = PlanVersion.objects.current()
    if version is None:
        raise Refused("还没有装入方案,不能新建申报书。请与市工信局系统管理员联系。")
    try:
        criteria_of(version)
    except CriteriaError as error:
        raise Refused("现行方案没有可用的认定条件,不能新建申报书。请与市工信局系统管理员联系。") from error
    unit = Unit.objects.select_related("territory").get(pk=by.unit_id or 0)
    if town is not None and unit.pk != town.responsible_unit_id:
        raise Refused(f"{town.name}的责任主体不是{unit.name},不能由{unit.name}申报。")
    user = person(by)
    application = Application.objects.create(
        version=version,
        unit=unit,
        town=town,
        town_name=town.name if town else "",
        leading_industry=town.leading_industry if town else "",
        category=town.category if town else "",
        applicant_county=unit.territory.name if unit.territory else "",
        made_by=user,
        changed_by=user,
        is_demo=Installation.is_demo(),
    )
    audit.record(by=by, action="application.create", obj=application, after=raw_of(application))
    return save_answers(application=application, raw=raw, revision=1, by=by) if raw else application


@transaction.atomic
def save_answers(*, application: Application, raw: Mapping[str, object], revision: int, by: Actor) -> Application:
    """Save the given raw values (field code -> value; None clears; codes not given stay as they are).

    What cannot be read is kept as typed. `revision` is the one the person started from: where others have saved since
    and the values differ, StaleRevision is raised. The event names only what changed.
    """
    found = locked(application, by, Permission.APPLICATION_FILL)
    criteria = criteria_of(found.version)
    fields = {field.code: field for field in form_fields(criteria)}
    before = raw_of(found)
    merged = {**before, **{code: value for code, value in raw.items() if code in fields}}
    reading = read_answers(merged, criteria, places_of(found.unit))
    unreadable = {fault.field: _as_typed(merged[fault.field]) for fault in reading.faults}
    after = {**_values(reading.answers), **unreadable}
    changed = {code for code in fields if _same_form(before.get(code)) != _same_form(after.get(code))}
    refuse_unless_editable(found, changed)
    if not changed:
        return found
    if found.revision != revision:
        conflicts = [Conflict(code, before.get(code), raw.get(code)) for code in fields if code in changed]
        raise StaleRevision(conflicts, found.revision, found.changed_by.name)
    touch(found, by)
    found.unreadable = unreadable
    _write(found, reading.answers, changed)
    lapsed = lapse_judgements(found, affected(criteria, changed))
    old, new = ({code: side.get(code) for code in fields if code in changed} for side in (before, after))
    if lapsed:
        new["lapsed_judgements"] = lapsed
    audit.record(by=by, action="application.save", obj=found, before=old, after=new)
    return found


def affected(criteria: CriteriaSet, codes: set[str]) -> set[str]:
    """Criteria whose material is among the fields."""
    return {
        item.code
        for item in criteria.criteria
        if codes & {EVIDENCE + item.code, item.field, *item.figures}
        or (item.check is CheckName.COUNTY and "counties_reason" in codes)
    }


def _values(answers: Answers) -> dict[str, object]:
    values: dict[str, object] = {name: getattr(answers, name) for name in COLUMNS}
    values |= {EVIDENCE + code: text for code, text in answers.evidence.items()}
    values |= {HONOUR + code: number for code, number in answers.honours.items()}
    return values


def _same_form(value: object) -> object:
    """Empty and absent are the same, a list and a tuple too."""
    if value in (None, "", [], ()):
        return None
    return list(value) if isinstance(value, tuple) else value


def _as_typed(value: object) -> str:
    return "、".join(str(part) for part in value) if isinstance(value, list | tuple) else str(value)


def _write(application: Application, answers: Answers, changed: set[str]) -> None:
    empty = {"counties": [], "town_name": "", "leading_industry": "", "applicant_county": "", "category": ""}
    empty["counties_reason"] = ""
    for name in COLUMNS:
        value = _same_form(getattr(answers, name))
        setattr(application, name, empty.get(name) if value is None else value)
    application.save()
    texts = {code.removeprefix(EVIDENCE) for code in changed if code.startswith(EVIDENCE)}
    EvidenceText.objects.filter(application=application, criterion__in=texts).delete()
    EvidenceText.objects.bulk_create(
        EvidenceText(application=application, criterion=code, text=answers.evidence[code])
        for code in sorted(texts)
        if answers.evidence.get(code)
    )
    factors = {code.removeprefix(HONOUR) for code in changed if code.startswith(HONOUR)}
    Honour.objects.filter(application=application, factor__in=factors).delete()
    Honour.objects.bulk_create(
        Honour(application=application, factor=code, number=answers.honours[code])
        for code in sorted(factors)
        if answers.honours.get(code) is not None
    )
