"""Raw values of the form (web, Excel, JSON: the same names) become Answers, or faults that say what to do."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from spectown.core.certification.answers import Answers, Judgement
from spectown.core.certification.criteria import CheckName, CriteriaSet
from spectown.core.certification.fields import Field, form_fields
from spectown.core.certification.outcomes import Outcome
from spectown.core.certification.parse import Parsed, has_unit, parse
from spectown.core.certification.places import Places
from spectown.core.numbers import Unreadable, clean, shown

JUDGEMENTS = "judgements"
# An amount without a unit this far outside the plan's thresholds was probably meant in 亿元 or in 元.
FAR_BELOW, FAR_ABOVE = Decimal("0.1"), Decimal(100)


@dataclass(frozen=True, slots=True)
class Fault:
    """A value that cannot be used: field code, Chinese label, the value as shown, and what to do about it."""

    field: str
    label: str
    value: str
    reason: str

    @property
    def message(self) -> str:
        """The fault as one sentence."""
        return f"“{self.label}”{self.reason}"

    def as_dict(self) -> dict[str, str]:
        """Return the fault for JSON."""
        return {
            "field": self.field,
            "label": self.label,
            "value": self.value,
            "reason": self.reason,
            "message": self.message,
        }


@dataclass(frozen=True, slots=True)
class Reading:
    """Answers with every readable value, the faults of the others, and warnings that block nothing."""

    answers: Answers
    faults: tuple[Fault, ...]
    warnings: tuple[str, ...]


def read_answers(raw: Mapping[str, object], criteria: CriteriaSet, places: Places | None = None) -> Reading:
    """Read raw values by field code (see form_fields); None, "" and absent all mean "not reported".

    Values may be strings as typed, or JSON and Excel values. `judgements` may hold {criterion: {outcome,
    by, reason}}. Unknown names are named in a warning and left out. Counties are checked against `places` where given.
    """
    fields = form_fields(criteria)
    values, faults = _parse_all(raw, fields)
    if places is not None:
        faults = (*faults, *_misplaced(values, places, fields))
    judgements, more = _judgements(raw.get(JUDGEMENTS), criteria)
    answers = _answers(values, judgements)
    known = {field.code for field in fields} | {JUDGEMENTS}
    unknown = [f"未识别的填报项“{shown(name)}”,未采用。" for name in raw if name not in known]
    warnings = (*unknown, *_doubts(raw, answers, criteria))
    return Reading(answers, (*faults, *more), warnings)


def _misplaced(values: dict[str, Parsed], places: Places, fields: Iterable[Field]) -> list[Fault]:
    """Faults of places that cannot stand; their values are taken out."""
    reasons = places.reasons(values)
    faults = [
        Fault(field.code, field.heading, shown(values[field.code]), reasons[field.code])
        for field in fields
        if field.code in reasons
    ]
    for code in reasons:
        values[code] = None
    return faults


def unfilled(raw: Mapping[str, object], fields: Iterable[Field]) -> tuple[Field, ...]:
    """Return the fields without which an application cannot be submitted and that are still blank."""
    return tuple(field for field in fields if field.needed and _is_blank(raw.get(field.code)))


def _parse_all(raw: Mapping[str, object], fields: Iterable[Field]) -> tuple[dict[str, Parsed], tuple[Fault, ...]]:
    values: dict[str, Parsed] = {}
    faults = []
    for field in fields:
        value = raw.get(field.code)
        try:
            values[field.code] = parse(field, value)
        except Unreadable as error:
            faults.append(Fault(field.code, field.heading, shown(value), str(error)))
    return values, tuple(faults)


def _answers(values: Mapping[str, Parsed], judgements: Mapping[str, Judgement]) -> Answers:
    given = {code: value for code, value in values.items() if value is not None}
    grouped: dict[str, Any] = {
        name: {code.removeprefix(prefix): given.pop(code) for code in list(given) if code.startswith(prefix)}
        for name, prefix in (("evidence", "evidence_"), ("honours", "honour_"))
    }
    plain: dict[str, Any] = given
    return Answers(**plain, **grouped, judgements=judgements)


def _judgements(raw: object, criteria: CriteriaSet) -> tuple[dict[str, Judgement], tuple[Fault, ...]]:
    if raw is None:
        return {}, ()
    if not isinstance(raw, Mapping):
        return {}, (Fault(JUDGEMENTS, "专家判断", shown(raw), "应为“条件代码: 判断”的对象,请按说明填写"),)
    titles = {criterion.code: criterion.title for criterion in criteria.criteria}
    judgements, faults = {}, []
    for code, each in raw.items():
        try:
            if code not in titles:
                raise Unreadable(f"没有代码为“{shown(code)}”的条件,请核对条件代码")
            judgements[str(code)] = _judgement(each)
        except Unreadable as error:
            label = f"专家判断:{titles.get(code, shown(code))}"
            faults.append(Fault(f"judgement_{shown(code)}", label, shown(each), str(error)))
    return judgements, tuple(faults)


def _judgement(raw: object) -> Judgement:
    if not isinstance(raw, Mapping) or raw.get("outcome") not in (Outcome.MET.value, Outcome.UNMET.value):
        raise Unreadable("应有 outcome,取值为 met 或 unmet,请补充")
    by, reason = raw.get("by"), raw.get("reason")
    if not (isinstance(by, str) and clean(by) and isinstance(reason, str) and clean(reason)):
        raise Unreadable("应写明判断人(by)和理由(reason),请补充")
    return Judgement(Outcome(raw["outcome"]), clean(by), clean(reason))


def _doubts(raw: Mapping[str, object], answers: Answers, criteria: CriteriaSet) -> Iterable[str]:
    """Yield warnings about values that can be read but are probably not meant so."""
    value = answers.output_wan
    thresholds = [each.value for category in criteria.categories for each in category.thresholds]
    outputs = [item for item in criteria.criteria if item.check is CheckName.OUTPUT]
    thresholds += [each.value for item in outputs for each in item.thresholds]
    if value and thresholds and not has_unit(raw.get("output_wan")):
        if value < min(thresholds) * FAR_BELOW:
            yield f"主导产业年产值填报为 {value:f} 万元,数额很小,请核对是否误按亿元填写。"
        elif value >= max(thresholds) * FAR_ABOVE:
            yield f"主导产业年产值填报为 {value:f} 万元,数额很大,请核对是否误按元填写。"
    if value is not None and answers.output_year is None:
        yield "没有填写产值所属年度,请补填。"
    parts = (answers.family_farms or 0) + (answers.cooperatives or 0)
    if answers.chain_partners is not None and parts > answers.chain_partners:
        yield (
            f"家庭农场和专业合作社合计 {parts} 户,多于上下游配套企业 {answers.chain_partners} 户;"
            "配套企业户数应已包括家庭农场和专业合作社,请核对。"
        )


def _is_blank(value: object) -> bool:
    return value is None or value in ([], ()) or (isinstance(value, str) and not clean(value))
