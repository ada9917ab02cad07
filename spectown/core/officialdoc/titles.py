"""Breaks a title by its sense (7.3.1): whole words, in a trapezium or a rhombus, no line of one or two characters."""

from functools import cache, lru_cache
from itertools import combinations, pairwise
from math import ceil
from typing import TYPE_CHECKING

from spectown.core.officialdoc.widths import width

if TYPE_CHECKING:
    from rjieba import Jieba

LONGEST = 19  # characters of 2号 in a line; 20 would fill the 版心
NOT_FIRST = "的地得和与及或、。》〉”’〕】·—…,;:?!)\uff0c\uff1b\uff1a\uff1f\uff01\uff09"  # what may not begin a line
NOT_LAST = "《〈“‘〔【(\uff08"
PREFER_AFTER = ("关于", "、", "\uff0c", "》", "印发", "转发", "做好", "开展")
OWN_WORDS = ("专业镇", "责任清单", "行动计划", "通知书", "市级", "县级", "省级", "一镇一策", "领导小组", "高质量发展")
MOST_PLACES = 60  # where a line may end; beyond that lines are filled one after the other


def title_lines(title: str, longest: int = LONGEST) -> tuple[str, ...]:
    """Lines of the title. Its own line breaks are kept, each part is broken for itself."""
    return tuple(line for part in title.split("\n") for line in _broken(part.strip(), longest))


@lru_cache(maxsize=512)  # asked for several times by each renderer and check
def _broken(text: str, longest: int) -> tuple[str, ...]:
    count = ceil(width(text) / longest)
    if count <= 1:
        return (text,)
    for number in range(count, count + 3):
        found = _best(_words(text, longest), number, longest)
        if found:
            return found
    return tuple(text[at : at + longest] for at in range(0, len(text), longest))


@cache
def _segmenter() -> "Jieba":
    from rjieba import Jieba  # its dictionary takes 30 MB, which a process without documents never needs

    segmenter = Jieba()
    for word in OWN_WORDS:
        segmenter.add_word(word, None, None)
    return segmenter


def _words(text: str, longest: int) -> list[str]:
    """Words, each with the signs that may not stand apart from it."""
    words: list[str] = []
    for word in _segmenter().cut(text):
        if words and (word[0] in NOT_FIRST or words[-1][-1] in NOT_LAST):
            words[-1] += word
        else:
            words.append(word)
    return [word[at : at + longest] for word in words for at in range(0, len(word), longest)]


def _best(words: list[str], count: int, longest: int) -> tuple[str, ...]:
    places = range(1, len(words))
    if count > 3 or len(words) > MOST_PLACES:
        return _greedy(words, count, longest)
    tried = (_joined(words, ends) for ends in combinations(places, count - 1))
    fitting = [lines for lines in tried if max(map(width, lines)) <= longest]
    return min(fitting, key=_cost, default=())


def _joined(words: list[str], ends: tuple[int, ...]) -> tuple[str, ...]:
    edges = (0, *ends, len(words))
    return tuple("".join(words[a:b]) for a, b in pairwise(edges))


def _cost(lines: tuple[str, ...]) -> float:
    """How far lines are from even, with a price for an hourglass, a short last line and a weak break."""
    widths = [width(line) for line in lines]
    mean = sum(widths) / len(widths)
    uneven = sum((w - mean) ** 2 for w in widths)
    hourglass = 40.0 if any(a > b < c for a, b, c in zip(widths, widths[1:], widths[2:], strict=False)) else 0.0
    short = 60.0 * sum(w < 4 for w in widths)
    strong = 6.0 * sum(line.endswith(PREFER_AFTER) for line in lines[:-1])
    return uneven + hourglass + short - strong


def _greedy(words: list[str], count: int, longest: int) -> tuple[str, ...]:
    """Very long titles: lines filled up to the even width, one after the other."""
    target = min(longest, width("".join(words)) / count + 1)
    lines = [""]
    for word in words:
        if lines[-1] and (width(lines[-1] + word) > longest or width(lines[-1]) + width(word) / 2 > target):
            lines.append("")
        lines[-1] += word
    return tuple(lines) if len(lines) <= count else ()
