"""A formula as written to a tree: numbers, + - * /, brackets, codes, a few functions; nothing else is let through."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from spectown.core.numbers import narrow

LONGEST = 300  # letters of a formula: also bounds how deep it can be
SHIFTS = {"last": "上期", "year_ago": "上年同期", "ytd": "本年累计"}
FUNCTIONS = {"sum": "合计", "min": "最小", "max": "最大", "abs": "绝对值"}
_CODE = re.compile(r"[a-z][a-z0-9_]*")
_OPERATORS: dict[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
_SIGNS = str.maketrans("×÷−", "*/-")


class FormulaFault(ValueError):
    """A formula that cannot be used; the message says why, in Chinese."""


@dataclass(frozen=True, slots=True)
class Number:
    """A constant, exact as written."""

    value: Fraction


@dataclass(frozen=True, slots=True)
class Ref:
    """An indicator; `shifts`: other periods it is taken from, the outermost function first."""

    code: str
    shifts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Binary:
    """Left, one of + - * /, right; a negative part is 0 - part."""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Call:
    """One of FUNCTIONS over its parts."""

    name: str
    parts: tuple[Node, ...]


Node = Number | Ref | Binary | Call


def parse(text: str) -> Node:
    """The tree. Raises FormulaFault."""
    plain = narrow(text).translate(_SIGNS).strip()
    if not plain or len(plain) > LONGEST:
        raise FormulaFault(f"公式应为 1 至 {LONGEST} 个字符")
    try:
        tree = ast.parse(plain, mode="eval")
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        raise FormulaFault(f"公式“{text}”写法有误,请检查括号和运算符") from error
    return _node(tree.body, plain)


def _node(found: ast.expr, text: str) -> Node:
    if isinstance(found, ast.Constant):
        return _number(found, text)
    if isinstance(found, ast.Name):
        return Ref(_code(found.id))
    if isinstance(found, ast.BinOp) and type(found.op) in _OPERATORS:
        return Binary(_OPERATORS[type(found.op)], _node(found.left, text), _node(found.right, text))
    if isinstance(found, ast.UnaryOp) and isinstance(found.op, ast.USub | ast.UAdd):
        part = _node(found.operand, text)
        return Binary("-", Number(Fraction(0)), part) if isinstance(found.op, ast.USub) else part
    if isinstance(found, ast.Call) and isinstance(found.func, ast.Name) and not found.keywords:
        return _call(found.func.id, [_node(part, text) for part in found.args])
    raise FormulaFault(f"公式中不能用“{ast.get_source_segment(text, found)}”,只能用数、+ - * /、括号、指标代码和函数")


def _number(found: ast.Constant, text: str) -> Number:
    segment = ast.get_source_segment(text, found) or ""
    if not re.fullmatch(r"\d+(\.\d+)?", segment):
        raise FormulaFault(f"公式中不能用“{segment}”,数应写作 100 或 0.5")
    return Number(Fraction(segment))


def _code(name: str) -> str:
    if not _CODE.fullmatch(name):
        raise FormulaFault(f"“{name}”不是指标代码:代码由小写字母、数字和下划线组成")
    return name


def _call(name: str, parts: list[Node]) -> Node:
    if name in SHIFTS:
        if len(parts) != 1 or not isinstance(parts[0], Ref):
            raise FormulaFault(f"{name}() 里只能写一个指标")
        if name in parts[0].shifts or (name == "ytd" and parts[0].shifts):
            raise FormulaFault("last、year_ago 各用一次,ytd 只能写在最里面,如 year_ago(ytd(output))")
        return Ref(parts[0].code, (name, *parts[0].shifts))
    if name not in FUNCTIONS:
        raise FormulaFault(f"没有函数 {name},可用的有 {'、'.join((*FUNCTIONS, *SHIFTS))}")
    if not parts or (name == "abs" and len(parts) != 1):
        raise FormulaFault(f"{name}() 里的项数不对")
    return Call(name, tuple(parts))


def refs(node: Node) -> Iterator[Ref]:
    """All indicators in it, in reading order."""
    if isinstance(node, Ref):
        yield node
    elif isinstance(node, Binary):
        yield from refs(node.left)
        yield from refs(node.right)
    elif isinstance(node, Call):
        for part in node.parts:
            yield from refs(part)


def written(node: Node, shown: Callable[[Ref], str], within: int = 0) -> str:
    """The formula as people write it, each indicator as `shown` says: (产值 − 成本) ÷ 产值."""
    if isinstance(node, Number):
        return f"{Decimal(node.value.numerator) / node.value.denominator:f}"
    if isinstance(node, Ref):
        return shown(node)
    if isinstance(node, Call):
        return f"{FUNCTIONS[node.name]}({'、'.join(written(part, shown) for part in node.parts)})"
    level = 1 if node.operator in "+-" else 2
    sign = {"+": " + ", "-": " − ", "*": " × ", "/": " ÷ "}[node.operator]
    right = level + (node.operator in "-/")
    text = f"{written(node.left, shown, level)}{sign}{written(node.right, shown, right)}"
    return f"({text})" if level < within else text
