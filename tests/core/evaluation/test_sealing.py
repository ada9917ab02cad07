"""The sealed package: the same bytes every time, recomputed the same, every tampering named with its place."""

import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

from spectown.core.evaluation.sealing import MANIFEST, PARTS, canonical, seal, unseal
from spectown.core.evaluation.table import Unusable
from spectown.core.evaluation.verifying import verify
from tests.core.evaluation.years import package, reply, snapshot

SNAP = snapshot(5)
OUTPUT = next(str(f.now) for f in SNAP.figures if (f.town, f.column) == ("t2", "output"))
SEALED = package(SNAP, [reply("t2", "output", OUTPUT, "99.5"), reply("t1", "tax", "1", "2", accepted=False)])
Parts = dict[str, Any]


def parts() -> tuple[Parts, Parts]:
    opened = unseal(SEALED)
    found: Parts = json.loads(json.dumps(dict(opened.parts)))
    return found, {"year": 2026, "seed": opened.manifest["seed"]}


def consistent(change: Callable[[Parts], object]) -> bytes:
    """Changed by somebody who also makes all hashes anew."""
    found, about = parts()
    change(found)
    return seal(found, about)


def careless(part: str, old: bytes, new: bytes) -> bytes:
    """Changed within the zip, hashes left."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(SEALED)) as given, zipfile.ZipFile(stream, "w") as made:
        for entry in given.infolist():
            content = given.read(entry)
            if entry.filename == part:
                assert old in content
                content = content.replace(old, new, 1)
            made.writestr(entry, content)
    return stream.getvalue()


def test_a_package_holds_and_is_the_same_every_time() -> None:
    verdict = verify(SEALED)
    assert (verdict.faults, verdict.year, verdict.towns) == ((), 2026, 5)
    again = package(SNAP, [reply("t2", "output", OUTPUT, "99.5"), reply("t1", "tax", "1", "2", accepted=False)])
    assert again == SEALED
    result = unseal(SEALED).parts["result.json"]
    raws = [p["raw"] for stage in ("first", "final") for r in result[stage]["board"]["rows"] if r["name"] == "第2镇"
            for p in r["breakdown"] if p["code"] == "output"]  # fmt: skip
    assert raws == [float(OUTPUT), 99.5]  # before and after the accepted objection


def _snapshot(p: Parts) -> None:
    row = next(f for f in p["snapshot.json"]["figures"] if (f["town"], f["column"]) == ("t3", "jobs"))
    row["now"] = "12"


def _score(p: Parts) -> None:
    row = next(r for r in p["result.json"]["final"]["board"]["rows"] if r["name"] == "第4镇")
    row["score"] += 1


def _commended(p: Parts) -> None:
    p["result.json"]["outcome"]["commended"] = ["第4镇"]


def _answer(p: Parts) -> None:
    p["replies.json"][1]["accepted"] = True


def _seed(p: Parts) -> None:
    p["scheme.json"]["scheme"]["robustness"]["seed"] = 7


def _weight(p: Parts) -> None:
    p["scheme.json"]["scheme"]["children"][0]["weight"] = 30


def _note(p: Parts) -> None:
    p["result.json"]["note"] = "x"


def _emptied(p: Parts) -> None:
    p["result.json"] = []


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (_snapshot, ["初算“第3镇”的“指标jobs”的“原值”", "重算为 12"]),
        (_score, ["终算“第4镇”的“得分”"]),
        (_commended, ["“表扬名单”"]),
        (_answer, ["更正“第1镇”的“指标tax”与快照不符"]),
        (_seed, ["种子"]),
        (_note, ["“note”:封存为 x"]),
        (_emptied, ["封存为 []"]),
        (_weight, ["初算“权重”的“指标output”"]),
    ],
)
def test_whoever_changes_the_hashes_too_is_found_by_the_recomputation(
    change: Callable[[Parts], None], named: list[str]
) -> None:
    said = "\n".join(verify(consistent(change)).faults)
    assert [each for each in named if each not in said] == []
    assert "SHA-256" not in said


@pytest.mark.parametrize("part", PARTS)
def test_whoever_changes_one_part_is_found_by_its_hash(part: str) -> None:
    found, _about = parts()
    old = canonical(found[part])
    spaced = careless(part, old[:1], old[:1] + b" ")  # the same JSON, other bytes
    assert unseal(spaced).faults == (f"{part}({PARTS[part]})的内容与清单所记的 SHA-256 不符,封存后被改过。",)


def test_a_digit_changed_in_the_file_itself_is_named_with_its_town_and_indicator() -> None:
    jobs = next(str(f.now) for f in SNAP.figures if (f.town, f.column) == ("t3", "jobs"))
    old = f'"now":"{jobs}"'.encode()
    assert SEALED.count(old) == 1
    said = verify(SEALED.replace(old, b'"now":"9' + old[8:])).faults
    assert said[0] == "snapshot.json(数据快照)的内容与清单所记的 SHA-256 不符,封存后被改过。"
    assert "“第3镇”的“指标jobs”的“原值”" in "".join(said)


def test_a_changed_manifest_is_found() -> None:
    whole = unseal(SEALED).manifest["whole"].encode()
    assert "总校验值" in unseal(careless(MANIFEST, whole, b"0" * 64)).faults[0]


def test_a_manifest_of_another_year_is_found() -> None:
    found, about = parts()
    assert "年度 2031 与数据快照的 2026" in verify(seal(found, about | {"year": 2031})).faults[0]


def test_the_same_content_packed_otherwise_is_not_the_package() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(SEALED)) as given, zipfile.ZipFile(stream, "w") as made:
        for entry in reversed(given.infolist()):
            made.writestr(entry, given.read(entry))
    for packed in (stream.getvalue(), SEALED + b"more", b"more" + SEALED):
        assert "不是系统生成的那一份" in "".join(unseal(packed).faults)


def test_what_is_no_package_is_refused() -> None:
    lacking = io.BytesIO()
    with zipfile.ZipFile(lacking, "w") as archive:
        archive.writestr("scheme.json", "{}")
    for content, said in (
        (b"", "不是封存包"),
        (SEALED[:5000], "不是封存包"),
        (lacking.getvalue(), "缺少 decisions.json"),
        (careless(MANIFEST, b"spectown-evaluation/1", b"spectown-evaluation/9"), "封存包清单"),
        (careless("result.json", b"{", b"["), "不是 JSON"),
        (careless("result.json", b'"coverage":1.0', b'"coverage":NaN'), "不是 JSON"),
        (consistent(lambda p: p["snapshot.json"].pop("figures")), "数据快照不可用"),
    ):
        with pytest.raises(Unusable, match=said):
            verify(content)
