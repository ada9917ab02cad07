"""What pydantic finds wrong with written data, in Chinese: place and what was expected."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from pydantic_core import ErrorDetails

MESSAGES: Mapping[str, str] = {
    "unexpected_keyword_argument": "没有这一项,请检查拼写",
    "missing": "没有填写",
    "missing_argument": "没有填写",
    "enum": "只能是 {expected}",
    "float_parsing": "应是数",
    "float_type": "应是数",
    "int_parsing": "应是整数",
    "int_type": "应是整数",
    "int_from_float": "应是整数",
    "bool_parsing": "应是 true 或 false",
    "string_type": "应是文字",
    "literal_error": "只能是 {expected}",
    "decimal_parsing": "应是数",
    "decimal_type": "应是数",
    "tuple_type": "应是列表",
    "dataclass_type": "应是键值对",
    "union_tag_invalid": "kind 只能是 {expected_tags},现为 {tag}",
    "union_tag_not_found": "没有填写 kind",
}


def said(fault: ErrorDetails, without: Collection[str] = ()) -> str:
    """One fault: `children.2.weight 应是数`; parts of the place that mean nothing to a reader are left out."""
    place = ".".join(str(part + 1) if isinstance(part, int) else part for part in fault["loc"] if part not in without)
    if fault["type"] == "value_error":  # ours, in Chinese
        return f"{place} {fault['ctx']['error']}".strip()
    message = MESSAGES.get(fault["type"], "内容不可用").format(**fault.get("ctx", {}))
    return f"{place} {message}"


def plainly(text: str, words: Mapping[str, str]) -> str:
    """A sentence with names of fields in it, in the words of the pages."""
    pattern = "|".join(sorted(map(re.escape, words), key=len, reverse=True))
    return re.sub(rf"(?<![\w.])({pattern})(?![\w.])", lambda found: words[found[1]], text, flags=re.ASCII)
