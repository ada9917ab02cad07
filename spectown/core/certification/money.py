"""Amounts in 万元: how they are written for people, exactly and never rounded across a threshold."""

from decimal import Decimal

WAN_PER_YI = Decimal(10000)
_CENT_OF_YI = Decimal("0.01")


def wan_text(amount: Decimal) -> str:
    """Write an amount: 亿元 from 1 亿 up if two decimals say it exactly, else 万元 with all its digits."""
    yi = amount / WAN_PER_YI
    if yi >= 1 and yi == yi.quantize(_CENT_OF_YI):
        return f"{plain(yi)}亿元"
    return f"{plain(amount)}万元"


def plain(number: Decimal | int) -> str:
    """Write a number with thousands separators, without trailing zeros or an exponent."""
    text = f"{Decimal(number):,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
