"""Units as officials write them: 万元 and 元 differ by a power of ten, 户 and 元 do not meet."""

import re
import unicodedata

_POWERS = {
    "": 0, "十": 1, "百": 2, "千": 3, "万": 4, "十万": 5, "百万": 6, "千万": 7,
    "亿": 8, "百亿": 10, "千亿": 11, "万亿": 12,
}  # fmt: skip
_ALIASES = {"人民币": "元", "圆": "元", "块": "元", "名": "人", "m2": "平方米"}
_BASES = (
    "元", "人", "户", "家", "个", "件", "项", "亩", "吨", "公里", "平方米",
    "千瓦时", "度", "%", "人次", "台", "套", "种",
    "次", "场", "期", "天", "年", "月",
    "吨标准煤", "公顷", "立方米", "美元", "分", "篇", "头", "只", "株", "棵", "斤", "公斤", "千克", "米",
)  # fmt: skip
PREFIX = "|".join(sorted((prefix for prefix in _POWERS if prefix), key=len, reverse=True))
_MONEY = ("元", "币", "美金", "英镑")  # 欧元, 港币: not converted, but never taken for a hint either
_UNIT = re.compile(rf"^({PREFIX}|)(.*)$")


def parts_of(unit: str) -> tuple[int, str]:
    """Return power of ten and base: parts_of("万元") == (4, "元")."""
    text = unicodedata.normalize("NFKC", unit).strip().lower()
    if text in _BASES or text in _ALIASES:
        return 0, _ALIASES.get(text, text)
    match = _UNIT.match(text)
    prefix, base = (match[1], match[2]) if match else ("", text)
    return _POWERS[prefix], _ALIASES.get(base, base)


def is_unit(text: str) -> bool:
    """Whether the text in brackets behind a heading names a unit, and not a hint such as 必填."""
    power, base = parts_of(text)
    return base in _BASES or base.endswith(_MONEY) or (power > 0 and not base)


def power_between(written: str, wanted: str) -> int | None:
    """Return k when a number in `written` times 10**k is one in `wanted`; None when they do not meet."""
    (power, base), (wanted_power, wanted_base) = parts_of(written), parts_of(wanted)
    if base != wanted_base and not (power and not base):
        return None
    return power - wanted_power


def powers() -> dict[str, int]:
    """Return the powers of ten of the words before a unit."""
    return dict(_POWERS)
