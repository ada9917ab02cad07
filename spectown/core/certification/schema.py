"""JSON schema of an application, generated from the form's declaration (docs/reference/application.schema.json)."""

from typing import Any

from spectown.core.certification.criteria import CriteriaSet
from spectown.core.certification.fields import Field, FieldKind, form_fields

_TEXT = {"type": ["string", "null"]}
_AMOUNT = {"type": ["number", "string", "null"], "minimum": 0}
_TYPES: dict[FieldKind, dict[str, Any]] = {
    FieldKind.TEXT: _TEXT,
    FieldKind.LONG_TEXT: _TEXT,
    FieldKind.CHOICE: _TEXT,
    FieldKind.MONEY: _AMOUNT,
    FieldKind.PERCENT: {**_AMOUNT, "maximum": 100},
    FieldKind.INTEGER: {"type": ["integer", "string", "null"], "minimum": 0},
    FieldKind.YEAR: {"type": ["integer", "string", "null"]},
    FieldKind.YES_NO: {"type": ["boolean", "string", "null"]},
    FieldKind.LIST: {"type": ["array", "string", "null"], "items": {"type": "string"}},
}


def application_schema(criteria: CriteriaSet) -> dict[str, Any]:
    """Return the schema of the JSON that --json-in takes."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"申报书:{criteria.title}",
        "type": "object",
        "properties": {
            **{field.code: _property(field) for field in form_fields(criteria)},
            "judgements": {
                "title": "专家判断",
                "type": ["object", "null"],
                "propertyNames": {"enum": [criterion.code for criterion in criteria.criteria]},
                "additionalProperties": {
                    "type": "object",
                    "required": ["outcome", "by", "reason"],
                    "properties": {
                        "outcome": {"enum": ["met", "unmet"]},
                        "by": {"type": "string"},
                        "reason": {"type": "string"},
                    },
                },
            },
        },
    }


def _property(field: Field) -> dict[str, Any]:
    described = {"title": field.heading, **_TYPES[field.kind]}
    if field.hint:
        described["description"] = field.hint
    if field.choices:
        described["examples"] = [choice.code for choice in field.choices]
    return described
