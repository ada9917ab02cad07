"""Which font serves which face: the office's own first; any font of the office lends characters that others lack."""

from dataclasses import replace
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from spectown.core.officialdoc.geometry import Face
from spectown.lib.officialdoc import fonts
from spectown.lib.officialdoc.fonts import font_set, installed
from spectown.lib.officialdoc.pdf import render_pdf
from tests.officialdoc_samples import notice
from tests.pdf_positions import text_of

RARE = "𠮷"


def make_font(path: Path, family: str, characters: str) -> None:
    """A font that shows its characters as squares."""
    pen = TTGlyphPen(None)
    for point, draw in zip([(0, 0), (0, 800), (800, 800), (800, 0)], [pen.moveTo] + [pen.lineTo] * 3, strict=True):
        draw(point)
    pen.closePath()
    square = pen.glyph()
    names = [".notdef", *(f"c{n}" for n in range(len(characters)))]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(char): f"c{n}" for n, char in enumerate(characters)})
    builder.setupGlyf(dict.fromkeys(names, square))
    builder.setupHorizontalMetrics(dict.fromkeys(names, (1000, 0)))
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": family, "styleName": "Regular", "psName": path.stem, "fullName": family})
    builder.setupOS2()
    builder.setupPost()
    builder.save(path)


def test_the_offices_own_font_is_used_first(tmp_path: Path) -> None:
    make_font(tmp_path / "own.ttf", "FangSong_GB2312", "各县区")
    chosen = font_set([tmp_path])
    assert chosen.family(Face.FANGSONG) == "FangSong_GB2312"
    assert chosen.family(Face.HEITI) == "Noto Sans SC"
    done = render_pdf(notice(), fonts=chosen)
    assert done.fonts[Face.FANGSONG] == "FangSong_GB2312"
    assert done.lent["专"] == "Noto Serif SC"
    assert text_of(done.data) == text_of(render_pdf(notice(), fonts=font_set([])).data)


def test_a_font_for_rare_characters_lends_them(tmp_path: Path) -> None:
    make_font(tmp_path / "rare.ttf", "Office Rare", RARE)
    chosen = font_set([tmp_path])
    assert "Office Rare" not in {chosen.family(face) for face in Face}
    done = render_pdf(replace(notice(), note=RARE), fonts=chosen)
    assert done.lent == {RARE: "Office Rare"}
    assert RARE in text_of(done.data)


def test_without_any_folder_noto_serves(tmp_path: Path) -> None:
    chosen = font_set([tmp_path / "missing"])
    assert {chosen.family(face) for face in Face} == {"Noto Serif SC", "Noto Sans SC"}


def test_font_dir_comes_before_fandol(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_font(tmp_path / "own.ttf", "SimHei", "一")
    monkeypatch.setattr(fonts.settings, "FONT_DIR", tmp_path)
    installed.cache_clear()
    try:
        assert installed().family(Face.HEITI) == "SimHei"
        assert installed().folders[0] == str(tmp_path)
    finally:
        installed.cache_clear()
