"""A JSON object that a person wrote: exact numbers, no name twice, every refusal a Chinese sentence."""

import json
from decimal import Decimal
from typing import NoReturn


class NotAnObject(ValueError):
    """The document is not a JSON object; the text says what it is and what to do, in Chinese."""


def object_from_json(data: bytes, example: str = '{"category": "manufacturing"}') -> dict[str, object]:
    """Parse a UTF-8 JSON object; numbers become Decimal, exactly as written. Raises NotAnObject."""
    try:
        document = json.loads(
            data.decode("utf-8-sig"),
            parse_float=Decimal,
            parse_int=Decimal,
            parse_constant=_no_constant,
            object_pairs_hook=_once,
        )
        json.dumps(document, default=str, ensure_ascii=False).encode()  # half of a surrogate pair cannot be written
    except UnicodeError as error:
        raise NotAnObject("文件不是 UTF-8 编码的 JSON,请另存为 UTF-8 编码") from error
    except json.JSONDecodeError as error:
        place = f"第 {error.lineno} 行第 {error.colno} 个字符"
        raise NotAnObject(f"文件不是有效的 JSON({place}处有误),请核对格式") from error
    except RecursionError as error:
        raise NotAnObject("JSON 嵌套过深,请核对格式") from error
    if not isinstance(document, dict):
        raise NotAnObject(f"JSON 的最外层应为对象,如 {example}")
    return document


def _no_constant(name: str) -> NoReturn:
    raise NotAnObject(f"JSON 中有“{name}”,不是数字,请填写阿拉伯数字,没有数据的写 null")


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    names = [name for name, _ in pairs]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise NotAnObject(f"JSON 中“{twice}”出现了两次,请只保留一个")
    return dict(pairs)
