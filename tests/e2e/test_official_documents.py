"""The .docx of every format opened by LibreOffice, beside the PDF that the program makes itself."""

import os
import re
import subprocess
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from spectown.core.documentkinds.building import build
from spectown.core.documentkinds.common import sample
from spectown.core.officialdoc import geometry as g
from spectown.core.officialdoc.geometry import Face
from spectown.core.officialdoc.wording import full_width
from spectown.lib.officialdoc.docx.render import render_docx
from spectown.lib.officialdoc.docx.styles import FONTS
from spectown.lib.officialdoc.fonts import FANDOL, font_set
from spectown.lib.officialdoc.pdf import render_pdf
from tests.kinds_of_documents import KINDS
from tests.officialdoc_samples import SAMPLES
from tests.pdf_positions import MM, pages, pieces

pytestmark = pytest.mark.e2e

PAGE_NUMBER = re.compile("—[0-9]+—")
HEADING = full_width(
    "序号县(区)专业镇产值(万元)备注2025年2026年"
)  # of the samples' table, repeated as often as pages need


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Every sample as LibreOffice prints it, with Fandol where the .docx names the official fonts."""
    folder = tmp_path_factory.mktemp("office")
    fonts = font_set([FANDOL])
    (folder / "fonts.conf").write_text(_font_config(folder, {FONTS[f]: fonts.family(f) for f in Face}), "utf-8")
    return _printed(folder, {name: render_docx(make()) for name, make in SAMPLES.items()})


def _printed(folder: Path, documents: dict[str, bytes]) -> dict[str, bytes]:
    for name, data in documents.items():
        (folder / f"{name}.docx").write_bytes(data)
    files = [str(folder / f"{name}.docx") for name in documents]
    command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf"]
    environment = {**os.environ, "FONTCONFIG_FILE": str(folder / "fonts.conf")}
    subprocess.run(
        [*command, "--outdir", str(folder), *files], check=True, capture_output=True, timeout=300, env=environment
    )
    return {name: (folder / f"{name}.pdf").read_bytes() for name in documents}


def _font_config(folder: Path, stand_ins: dict[str, str]) -> str:
    matches = "".join(
        f'<match target="pattern"><test name="family"><string>{official}</string></test>'
        f'<edit name="family" mode="assign" binding="same"><string>{ours}</string></edit></match>'
        for official, ours in stand_ins.items()
    )
    places = f"<dir>{FANDOL}</dir><dir>/usr/share/fonts</dir><cachedir>{folder}/cache</cachedir>"
    return f'<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>{places}{matches}</fontconfig>'


def characters(data: bytes) -> Counter[str]:
    """How often each character is printed, without page numbers and the heads of tables, which follow the pages."""
    text = "".join("".join(page.extract_text().split()) for page in pages(data))
    return Counter(PAGE_NUMBER.sub("", text)) - Counter()


@pytest.mark.parametrize("name", SAMPLES)
def test_word_and_pdf_say_the_same(office: dict[str, bytes], name: str) -> None:
    ours = render_pdf(SAMPLES[name](), fonts=font_set([FANDOL])).data
    ours_count, office_count = len(pages(ours)), len(pages(office[name]))
    assert abs(ours_count - office_count) <= 1  # LibreOffice lets signs hang over the edge, whatever the file says
    mine, theirs = characters(ours), characters(office[name])
    for char in set(mine) | set(theirs) - set(HEADING):
        if char not in HEADING:
            assert mine[char] == theirs[char], f"{char}: {mine[char]} in ours, {theirs[char]} in LibreOffice"


def test_they_stand_at_the_same_places(office: dict[str, bytes]) -> None:
    ours = pages(render_pdf(SAMPLES["notice"](), fonts=font_set([FANDOL])).data)[0]
    theirs = pages(office["notice"])[0]
    for text in ("长专镇办", "关于组织申报", "各县", "为落实", "一、"):
        mine = next(p for p in pieces(ours) if text in p.text)
        other = next(p for p in pieces(theirs) if p.text.startswith(text[:1]) and p.size == pytest.approx(mine.size))
        assert other.baseline == pytest.approx(mine.baseline, abs=2.5)


def test_twenty_two_lines_on_a_page(office: dict[str, bytes]) -> None:
    page = pages(office["crowded"])[2]
    lines = sorted({round(p.baseline, 1) for p in pieces(page) if p.size == pytest.approx(16)})
    steps = [b - a for a, b in pairwise(lines) if b - a < 15]
    assert steps
    assert all(step == pytest.approx(579 / 20 * MM, abs=0.15) for step in steps)
    assert lines[0] - g.TOP < 579 / 20 * MM


def test_imprint_stands_on_the_lower_edge(office: dict[str, bytes]) -> None:
    for name in ("notice", "joint", "minutes", "full", "crowded"):
        last = pages(office[name])[-1]
        printed = next(p for p in pieces(last) if "印发" in p.text or p.text.endswith("发"))
        assert g.PAGE[1] - g.BOTTOM - 9 < printed.baseline < g.PAGE[1] - g.BOTTOM


def test_fandol_has_a_face_of_its_own_for_each() -> None:
    chosen = font_set([FANDOL])
    assert [chosen.family(face) for face in (Face.FANGSONG, Face.HEITI, Face.KAITI)] == [
        "FandolFang R", "FandolHei", "FandolKai",
    ]  # fmt: skip
    assert (chosen.family(Face.XIAOBIAOSONG), chosen.weight(Face.XIAOBIAOSONG)) == ("FandolSong", 700)
    assert (chosen.family(Face.SONGTI), chosen.weight(Face.SONGTI)) == ("FandolSong", 400)


def test_every_kind_is_opened_and_as_long_as_our_own(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("kinds")
    fonts = font_set([FANDOL])
    (folder / "fonts.conf").write_text(_font_config(folder, {FONTS[f]: fonts.family(f) for f in Face}), "utf-8")
    documents = {name: build(kind, {"serial": "长专镇办〔2026〕3号"} | sample(kind)) for name, kind in KINDS.items()}
    printed = _printed(folder, {name: render_docx(document) for name, document in documents.items()})
    for name, document in documents.items():
        ours, office = (len(pages(data)) for data in (render_pdf(document, fonts=fonts).data, printed[name]))
        assert abs(ours - office) <= 1, f"{name}: {ours} pages, {office} in LibreOffice"
