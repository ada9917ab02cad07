"""Search in Chinese names by Chinese text, full pinyin or its initials."""

from __future__ import annotations

import functools

from pypinyin import Style, lazy_pinyin, load_phrases_dict

# Place names whose reading differs from the common one of their characters (GB/T 2260 names of the province).
READINGS = {
    "长治": [["cháng"], ["zhì"]],
    "长子": [["zhǎng"], ["zǐ"]],
    "洪洞": [["hóng"], ["tóng"]],
    "隰县": [["xí"], ["xiàn"]],
    "繁峙": [["fán"], ["shì"]],
}
load_phrases_dict(READINGS)


@functools.lru_cache(maxsize=20_000)
def keys(name: str) -> tuple[str, str]:
    """Full pinyin without tones, and initials: 长治 -> ("changzhi", "cz")."""
    text = name.lower()
    return "".join(lazy_pinyin(text)), "".join(lazy_pinyin(text, style=Style.FIRST_LETTER))


def matches(query: str, name: str) -> bool:
    """True where the name contains the query, as written, as pinyin, or as initials; blanks do not matter."""
    wanted = "".join(query.split()).lower()
    return wanted in name.lower() or any(wanted in key for key in keys(name))
