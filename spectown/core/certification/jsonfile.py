"""Answers as a JSON document: bytes become the raw mapping that validate.read_answers takes."""

import json
from decimal import Decimal
from typing import NoReturn


class NotAnswersError(ValueError):
    """The document is not a JSON object; the text says what it is and what to do, in Chinese."""


def answers_from_json(data: bytes) -> dict[str, object]:
    """Parse a UTF-8 JSON object; numbers become Decimal, exactly as written. Raises NotAnswersError."""
    try:
        document = json.loads(
            data.decode("utf-8-sig"),
            parse_float=Decimal,
            parse_int=Decimal,
            parse_constant=_no_constant,
            object_pairs_hook=_once,
        )
    except UnicodeDecodeError as error:
        raise NotAnswersError("文件不是 UTF-8 编码的 JSON,请另存为 UTF-8 编码") from error
    except json.JSONDecodeError as error:
        place = f"第 {error.lineno} 行第 {error.colno} 个字符"
        raise NotAnswersError(f"文件不是有效的 JSON({place}处有误),请核对格式") from error
    except RecursionError as error:
        raise NotAnswersError("JSON 嵌套过深,请核对格式") from error
    if not isinstance(document, dict):
        raise NotAnswersError('JSON 的最外层应为对象,如 {"category": "manufacturing"}')
    return document


def _no_constant(name: str) -> NoReturn:
    raise NotAnswersError(f"JSON 中有“{name}”,不是数字,请填写阿拉伯数字,没有数据的写 null")


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    names = [name for name, _ in pairs]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise NotAnswersError(f"JSON 中“{twice}”出现了两次,请只保留一个")
    return dict(pairs)
