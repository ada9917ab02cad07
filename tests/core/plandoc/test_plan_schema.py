"""The JSON keeps to docs/reference/plan-document.schema.json, key by key."""

import json
from pathlib import Path
from typing import Any

import pytest

from spectown.core.plandoc import parse_bytes, parse_text, unreadable

ROOT = Path(__file__).parents[3]
SCHEMA = json.loads((ROOT / "docs/reference/plan-document.schema.json").read_text())
KINDS = {
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "null": type(None),
    "array": list,
    "object": dict,
}


def check(value: Any, schema: dict[str, Any], path: str) -> None:
    if "$ref" in schema:
        schema = SCHEMA["$defs"][schema["$ref"].rsplit("/", 1)[1]]
    if "enum" in schema:
        assert value in schema["enum"], path
        return
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    assert any(isinstance(value, KINDS[kind]) for kind in kinds), f"{path}: {value!r}"
    if isinstance(value, dict):
        assert set(schema["required"]) <= set(value) <= set(schema["properties"]), path
        for key, item in value.items():
            check(item, schema["properties"][key], f"{path}.{key}")
    if isinstance(value, list):
        for i, item in enumerate(value):
            check(item, schema["items"], f"{path}[{i}]")


@pytest.mark.parametrize(
    "plan",
    [
        parse_bytes((ROOT / "plans/changzhi-2023/plan.txt").read_bytes()),
        parse_text("| 序号 | 任务 | 牵头单位 |\n| 1 | 甲 | 市工信局 |\n"),
        unreadable("打不开"),
    ],
)
def test_output_keeps_to_the_schema(plan):
    check(json.loads(json.dumps(plan.as_dict(with_text=True))), SCHEMA, "$")
    assert "text" not in plan.as_dict()
