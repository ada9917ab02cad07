"""The core of an enterprise's name: what is left without place, brackets and legal form."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

FORMS = (
    "股份有限责任公司",
    "有限责任公司",
    "股份有限公司",
    "集团有限公司",
    "农民专业合作社联合社",
    "农民专业合作社",
    "专业合作社",
    "合作社",
    "家庭农场",
    "有限公司",
    "总公司",
    "集团",
    "股份",
    "公司",
)
# fmt: off
PROVINCES = (
    "北京", "天津", "上海", "重庆", "河北", "山西", "辽宁", "吉林", "黑龙江", "江苏", "浙江", "安徽",
    "福建", "江西", "山东", "河南", "湖北", "湖南", "广东", "海南", "四川", "贵州", "云南",
    "陕西", "甘肃", "青海", "台湾", "内蒙古", "广西", "西藏", "宁夏", "新疆", "香港", "澳门",
)
# fmt: on
_BRACKETED = re.compile(r"\([^()]*\)")
_NOISE = re.compile(r"[^0-9A-Z㐀-鿿]")
_NUMBERS = re.compile(r"[0-9]+|[一二三四五六七八九十百]+")
_PLACE_KINDS = "省市县区"
SHORTEST = 2


def place_words(names: Iterable[str]) -> tuple[str, ...]:
    """These places and the provinces, with and without 省市县区, the longest first: 屯留区 also stands as 屯留."""
    words = {name for name in (*names, *PROVINCES) if name}
    words |= {name[:-1] for name in words if name[-1] in _PLACE_KINDS and len(name) > SHORTEST}
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


def core_of(name: str, places: tuple[str, ...]) -> str:
    """Name without brackets, leading places and legal form; the whole name where less than two letters are left.

    `places` as place_words gives them.
    """
    whole = _NOISE.sub("", unicodedata.normalize("NFKC", name).upper())
    text = _NOISE.sub("", _BRACKETED.sub("", unicodedata.normalize("NFKC", name).upper()))
    text = _without_forms(_without_places(text, places))
    return text if len(text) >= SHORTEST else whole


def split_name(name: str, places: tuple[str, ...]) -> tuple[str, str]:
    """Core and legal form as written (有限公司 and 有限责任公司 are two); the form is empty where there is none."""
    text = _without_places(_NOISE.sub("", _BRACKETED.sub("", unicodedata.normalize("NFKC", name).upper())), places)
    form = text.removeprefix(_without_forms(text))
    return core_of(name, places), form.replace("集团", "") or form  # 集团 is no form: (集团)有限公司, 集团有限公司


def numbers_of(core: str) -> tuple[str, ...]:
    """Figures in a name: 一分厂 and 二分厂 are two, however alike the rest is."""
    return tuple(_NUMBERS.findall(core))


def _without_places(text: str, places: tuple[str, ...]) -> str:
    found = next((word for word in places if text.startswith(word)), None)
    while found:
        rest = text.removeprefix(found)
        text = rest[1:] if rest[:1] in tuple(_PLACE_KINDS) and found[-1] not in _PLACE_KINDS else rest
        found = next((word for word in places if text.startswith(word)), None)
    return text


def _without_forms(text: str) -> str:
    found = next((form for form in FORMS if text.endswith(form)), None)
    while found:
        text = text.removesuffix(found)
        found = next((form for form in FORMS if text.endswith(form)), None)
    return text
