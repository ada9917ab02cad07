"""Which font serves which face: the office's own ones first (FONT_DIR), then Fandol (`make fonts`), then Noto.

A font that is none of these but lies in FONT_DIR lends its characters where the others have none.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

import pylopdf_fonts_zh_cn
import typst
from django.conf import settings
from fontTools.ttLib import TTFont

from spectown.core.officialdoc.geometry import Face

FANDOL = Path(settings.BASE_DIR) / "var" / "fonts"  # where tools/fonts.py puts them
NOTO = pylopdf_fonts_zh_cn.serif_path().parent
# Families in order of preference, as font files call themselves (typst reads the Chinese or the English name).
FAMILIES: dict[Face, tuple[str, ...]] = {
    Face.FANGSONG: ("FangSong_GB2312", "仿宋_GB2312", "FZFangSong-Z02", "方正仿宋简体", "方正仿宋_GBK",
                    "FangSong", "仿宋", "STFangsong", "华文仿宋", "FandolFang R", "Noto Serif SC"),
    Face.XIAOBIAOSONG: ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "方正小标宋简体", "方正小标宋_GBK", "STZhongsong",
                        "华文中宋", "FandolSong", "Noto Serif SC"),
    Face.HEITI: ("SimHei", "黑体", "STHeiti", "华文黑体", "FandolHei", "Noto Sans SC"),
    Face.KAITI: ("KaiTi_GB2312", "楷体_GB2312", "FZKai-Z03", "方正楷体简体", "KaiTi", "楷体", "STKaiti", "华文楷体",
                 "FandolKai", "Noto Serif SC"),
    Face.SONGTI: ("SimSun", "宋体", "NSimSun", "新宋体", "STSong", "华文宋体", "FandolSong", "Noto Serif SC"),
}  # fmt: skip
WEIGHTS = {Face.XIAOBIAOSONG: 700}  # of families that have several; 小标宋 itself has one
LAST = ("Noto Serif SC", "Noto Sans SC")


@dataclass(frozen=True)
class Font:
    """One font of a file; `characters` are read when first asked for."""

    family: str
    weight: int
    path: str
    index: int

    @cached_property
    def characters(self) -> frozenset[str]:
        """What it can show."""
        with TTFont(self.path, fontNumber=self.index, lazy=True) as font:
            return frozenset(map(chr, font.getBestCmap()))


@dataclass(frozen=True)
class FontSet:
    """The fonts of each face: the first sets it, the others help out where a character is missing."""

    folders: tuple[str, ...]
    chains: dict[Face, tuple[Font, ...]]
    _found: dict[tuple[Face, str], str] = field(default_factory=dict, repr=False)

    def family(self, face: Face) -> str:
        """The family that sets a face."""
        return self.chains[face][0].family

    def weight(self, face: Face) -> int:
        """The weight in which it is set."""
        return self.chains[face][0].weight

    def families(self, face: Face) -> list[str]:
        """All families of a face in order, without repetition."""
        return list(dict.fromkeys(font.family for font in self.chains[face]))

    def serving(self, face: Face, char: str) -> str:
        """The family that shows a character in a face; empty where no font has it."""
        key = (face, char)
        if key not in self._found:
            has = (font.family for font in self.chains[face] if char in font.characters)
            self._found[key] = next(has, "")
        return self._found[key]


def font_set(folders: Iterable[Path]) -> FontSet:
    """Fonts found in the folders; Noto is always among them."""
    places = tuple(str(folder) for folder in dict.fromkeys([*folders, NOTO]) if folder.is_dir())
    infos = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=list(places)).fonts()
    fonts = [Font(i.family, i.weight, i.path, i.index) for i in infos if i.path and i.style == "normal"]
    return FontSet(places, {face: _chain(face, fonts) for face in Face})


@cache
def installed() -> FontSet:
    """The fonts of this installation, looked up once in a process."""
    own = [settings.FONT_DIR] if settings.FONT_DIR else []
    return font_set([*own, FANDOL])


def _chain(face: Face, fonts: Sequence[Font]) -> tuple[Font, ...]:
    wanted = FAMILIES[face]
    others = [f.family for f in fonts if f.family not in wanted and f.family not in LAST and "Braille" not in f.family]
    families = dict.fromkeys([*wanted, *others, *LAST])
    nearest = (_nearest([f for f in fonts if f.family == family], WEIGHTS.get(face, 400)) for family in families)
    return tuple(font for font in nearest if font)


def _nearest(fonts: Sequence[Font], weight: int) -> Font | None:
    return min(fonts, key=lambda font: abs(font.weight - weight), default=None)
