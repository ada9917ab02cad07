"""Chinese and Arabic numerals as integers (一 … 九十九, 百, 二〇二三, 12)."""

from __future__ import annotations

_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"两": 2}
CHINESE = "一二三四五六七八九十百〇两"


def value_of(text: str) -> int | None:
    """Return the integer that `text` writes, or None when it writes none."""
    if text.isascii() and text.isdigit():
        return int(text) if len(text) <= 9 else None
    if not text or any(char not in CHINESE for char in text) or len(text) > 9:
        return None
    if "十" not in text and "百" not in text:
        return int("".join(str(_DIGITS[char]) for char in text))
    return _positional(text)


def _positional(text: str) -> int:
    total = digit = 0
    for char in text:
        if char == "百":
            total, digit = total + (digit or 1) * 100, 0
        elif char == "十":
            total, digit = total + (digit or 1) * 10, 0
        else:
            digit = _DIGITS[char]
    return total + digit


def written(value: int) -> str:
    """Return `value` in Chinese numerals (0 … 99: 十二); greater numbers stay in digits."""
    digits = "〇一二三四五六七八九"
    tens, ones = divmod(value, 10)
    if not 0 <= tens <= 9:
        return str(value)
    return ("" if tens == 0 else "十" if tens == 1 else digits[tens] + "十") + (
        digits[ones] if ones or not tens else ""
    )
