"""What a formula measures: units of its parts are compared, so that 万元 and 人 are never added."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from spectown.core.monitoring.tree import Binary, Call, FormulaFault, Node, Number, Ref, written
from spectown.core.monitoring.units import Unit, unit_of

UnitOf = Callable[[Ref], str]
NameOf = Callable[[Ref], str]
_VERBS = {"+": "相加", "-": "相减", "sum": "相加", "min": "比较", "max": "比较"}


def measure(node: Node, unit: UnitOf, name: NameOf) -> Unit | None:
    """Unit of the result; None for a 0, which goes with any unit. Raises FormulaFault naming both sides."""
    if isinstance(node, Number):
        return Unit() if node.value else None
    if isinstance(node, Ref):
        return unit_of(unit(node))
    if isinstance(node, Call):
        return _same(node.name, node.parts, unit, name)
    if node.operator in "+-":
        return _same(node.operator, (node.left, node.right), unit, name)
    left, right = (measure(part, unit, name) or Unit() for part in (node.left, node.right))
    return left.times(right, 1 if node.operator == "*" else -1)


def _same(verb: str, parts: tuple[Node, ...], unit: UnitOf, name: NameOf) -> Unit | None:
    """All parts measure the same; 亿元 and 万元 do, each is converted."""
    found = [(part, measured) for part in parts if (measured := measure(part, unit, name)) is not None]
    for part, measured in found[1:]:
        first, expected = found[0]
        if measured.bases != expected.bases:
            sides = [f"“{written(each, name)}”({of.words})" for each, of in ((first, expected), (part, measured))]
            raise FormulaFault(f"{'与'.join(sides)}计量单位不同,不能{_VERBS.get(verb, '合用')}")
    return found[0][1] if found else None


def check_result(node: Node, wanted: str, unit: UnitOf, name: NameOf) -> None:
    """The result can be told in the unit wanted. Raises FormulaFault."""
    found, target = measure(node, unit, name), unit_of(wanted)
    if found is not None and found.bases != target.bases:
        raise FormulaFault(f"公式“{written(node, name)}”得出的是{found.words},不能写成{wanted or '纯数'}")
    hundred = Number(Fraction(100))
    if wanted == "%" and isinstance(node, Binary) and node.operator == "*" and hundred in (node.left, node.right):
        raise FormulaFault("单位是 % 的公式不用再乘 100,系统会换算")
