"""How a target or threshold is written: its comparator in words."""

from __future__ import annotations

from decimal import Decimal

from spectown.plans.models import Quantity

WORDS = {
    ">=": "≥ {low}",
    ">": "> {low}",
    "<=": "≤ {high}",
    "<": "< {high}",
    "=": "{low}",
    "range": "{low}—{high}",
    "approx": "约 {low}",
}


def quantity_words(quantity: Quantity) -> str:
    """≥ 10 亿元, 3—5 个, 约 20 家."""
    words = WORDS.get(quantity.comparator, "{low}")
    return f"{words.format(low=_plain(quantity.low), high=_plain(quantity.high))} {quantity.unit}".strip()


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
