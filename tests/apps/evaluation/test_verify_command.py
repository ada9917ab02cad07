"""`spectown verify_evaluation` in a fresh process that has neither database nor settings of an installation."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from spectown.core.evaluation.sealing import seal, unseal
from tests.core.evaluation.years import package, snapshot

SEALED = package(snapshot(4))


def run(folder: Path, content: bytes, *more: str) -> tuple[int, str, str]:
    """Exit code and what was said; a database that anybody asked for could not be opened there."""
    path = folder / "封存包.zip"
    path.write_bytes(content)
    code = "from config.manage import main; main()"
    command = [sys.executable, "-c", code, "verify_evaluation", str(path), *more]
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "VIRTUAL_ENV") if name in os.environ}
    clean = {**kept, "DATA_DIR": "/dev/null/nowhere", "LANG": "C.UTF-8", "PYTHONPATH": str(settings.BASE_DIR)}
    done = subprocess.run(command, env=clean, cwd=folder, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


def test_a_package_is_verified_in_a_fresh_process(tmp_path: Path) -> None:
    digest = unseal(SEALED).digest
    code, out, err = run(tmp_path, SEALED, "--sha256", digest)
    assert (code, err) == (0, "")
    assert "2026年度评估,4 个专业镇" in out
    assert "核验通过" in out


def test_a_tampered_package_is_refused_with_the_place_named(tmp_path: Path) -> None:
    opened = unseal(SEALED)
    parts = json.loads(json.dumps(dict(opened.parts)))
    parts["snapshot.json"]["figures"][0]["now"] = "1"
    changed = seal(parts, {"year": 2026, "seed": opened.manifest["seed"]})
    code, out, _err = run(tmp_path, changed, "--json", "--sha256", opened.digest)
    said = json.loads(out)
    assert code == 1
    assert "不是公布的那一份" in said["faults"][0]
    assert "“第0镇”的“指标output”的“原值”" in said["faults"][1]


@pytest.mark.parametrize(("content", "said"), [(b"PK", "不是封存包"), (b"", "不是封存包")])
def test_what_is_no_package_is_unusable(tmp_path: Path, content: bytes, said: str) -> None:
    code, _out, err = run(tmp_path, content)
    assert code == 2
    assert said in err
