"""Bytes to characters: UTF-8, UTF-16, GB18030, Big5; and whether the result is Chinese at all."""

from __future__ import annotations

import codecs
import re

from spectown.core.plandoc.model import Problem, Severity

_COMMON = frozenset(
    "的一和在中市县区工业发展实施加强建设局政府管理服务企业方案责任单位负人民会不有为国大了是產業實縣區發責單"
)
_SAMPLE = 20_000
_GARBAGE = re.compile("[\u00a1-\u00ff\u0080-\u009f\ufffd]|锟斤拷|烫烫|屯屯屯")


def decode(data: bytes) -> tuple[str, tuple[Problem, ...]]:
    """Return the characters of `data` and what was wrong with them; never raises."""
    text = _marked(data)
    if text is None:
        text = _guessed(data)
    return text, tuple(_problems(text))


def _marked(data: bytes) -> str | None:
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return data.decode(name, errors="replace")
    return None


def _guessed(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    candidates = [
        data.decode(name, errors="replace") for name in ("gb18030", "utf-8", "big5", "utf-16-le", "utf-16-be")
    ]
    return max(candidates, key=_score)


def _score(text: str) -> float:
    sample = text[:_SAMPLE]
    common = sum(1 for char in sample if char in _COMMON)
    return common / max(1, len(sample)) - 5 * sample.count("\ufffd") / max(1, len(sample))


def _problems(text: str) -> list[Problem]:
    sample = text[:_SAMPLE]
    lost = sample.count("\ufffd")
    garbage = len(_GARBAGE.findall(sample))
    if garbage > max(20, len(sample) // 20):
        return [Problem(Severity.UNREADABLE, "文字是乱码,可能选错了编码")]
    if lost:
        return [Problem(Severity.UNREADABLE, f"有{lost}处字符无法解码")]
    if sample.strip() and not any("\u4e00" <= char <= "\u9fff" for char in text[:200_000]):
        return [Problem(Severity.UNREADABLE, "文件中没有中文")]
    return []
