"""Units of figures with what they measure: 万元/户 is ten thousand 元 by 户. All our factors are powers of ten."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction

from spectown.core.units import is_unit, parts_of

_PLAIN = {"": 0, "倍": 0, "%": -2, "百分点": -2, "‰": -3}  # numbers without a dimension
_SAME = {"家": "户"}  # two words for one thing counted: enterprises


@dataclass(frozen=True, slots=True)
class Unit:
    """Ten to a power, times bases with their exponents in the order of their names."""

    power: int = 0
    bases: tuple[tuple[str, int], ...] = ()

    @property
    def factor(self) -> Fraction:
        """How much of the plain unit (元, 户, 1) one of it is."""
        return Fraction(10) ** self.power

    @property
    def words(self) -> str:
        """What it measures, in plain units: 元/户; 纯数 for a number without dimension."""
        over = [base for base, exponent in self.bases for _ in range(exponent)]
        under = [base for base, exponent in self.bases for _ in range(-exponent)]
        if not self.bases:
            return "纯数"
        return "·".join(over or ["1"]) + "".join(f"/{base}" for base in under)

    def times(self, other: Unit, sign: int = 1) -> Unit:
        """The product; with sign -1 the quotient."""
        bases = Counter(dict(self.bases))
        for base, exponent in other.bases:
            bases[base] += sign * exponent
        return Unit(self.power + sign * other.power, tuple(sorted((b, e) for b, e in bases.items() if e)))


def unit_of(text: str) -> Unit:
    """The unit as written: 万元, %, 元/户, 吨标准煤/万元. Raises ValueError in Chinese."""
    first, *others = text.split("/")
    found = _single(first, text)
    for other in others:
        found = found.times(_single(other, text), -1)
    return found


def _single(text: str, whole: str) -> Unit:
    if text in _PLAIN:
        return Unit(_PLAIN[text])
    if not is_unit(text):
        raise ValueError(f"计量单位“{whole}”不认识;可用的如 万元、户、人、件、%、亩、吨标准煤、元/户")
    power, base = parts_of(text)
    return Unit(power, ((_SAME.get(base, base), 1),))


def converted(number: Fraction, written: str, wanted: str) -> Fraction:
    """A number in one unit as a number in another. Raises ValueError where they measure different things."""
    source, target = unit_of(written), unit_of(wanted)
    if source.bases != target.bases:
        raise ValueError(f"{written} 与 {wanted} 不能换算")
    return number * source.factor / target.factor
