"""The set-up itself: vendored files, names that must not be committed, Makefile, bootstrap, test safeguards."""

import hashlib
import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.template import Context, Origin, Template
from django.template.engine import Engine

from tests.conftest import NetworkUsedError
from tests.settings import OUR_TEMPLATES
from tools import bootstrap, check_names, test_system, with_postgres

ROOT = Path(__file__).parent.parent
STATIC = ROOT / "spectown" / "static"
VENDOR = STATIC / "vendor"
SUMS = [line.split("  ") for line in (VENDOR / "SHA256SUMS").read_text("utf-8").splitlines()]


@pytest.mark.parametrize(("digest", "name"), SUMS)
def test_vendored_file_is_what_was_copied(digest: str, name: str) -> None:
    assert hashlib.sha256((STATIC / name).read_bytes()).hexdigest() == digest


def test_every_vendored_file_is_in_the_sums_and_its_package_in_the_list() -> None:
    files = {path.relative_to(STATIC).as_posix() for path in VENDOR.rglob("*") if path.is_file()}
    assert files - {"vendor/SHA256SUMS"} == {name for _, name in SUMS} - {"icons.svg"}
    versions = (VENDOR / "VERSIONS.md").read_text("utf-8")
    wanted = re.findall(r'"(@?[\w/-]+)": "(\d[\d.]+)"', (ROOT / "tools/vendor/package.json").read_text("utf-8"))
    assert len(wanted) == 5
    assert all(f"| {package} | {version} |" in versions for package, version in wanted)


@pytest.mark.parametrize("path", sorted(VENDOR.glob("*.*s")), ids=lambda path: path.name)
def test_vendored_file_fetches_nothing_from_outside(path: Path) -> None:
    text = path.read_text("utf-8")
    assert "sourceMappingURL" not in text
    assert not re.findall(r"@import|url\(\s*['\"]?(?:https?:)?//|\bimportScripts\(|//cdn\.", text)


def test_icons_have_distinct_names_and_no_script() -> None:
    sprite = (STATIC / "icons.svg").read_text("utf-8")
    names = re.findall(r'<symbol id="([\w-]+)"', sprite)
    listed = (ROOT / "tools/vendor/icons.txt").read_text("utf-8").split()
    assert names == sorted(set(listed))
    assert "<script" not in sprite
    assert "onload" not in sprite


def test_committed_files_name_no_registry_and_no_machine_path() -> None:
    assert check_names.main() == 0


@pytest.mark.parametrize(
    "word",
    ["https://files.py" + "thonhosted.org/x", "registry.npm" + "js.org", "see /wo" + "rk/main/x", "/ro" + "ot/.venv"],
)
def test_the_check_of_names_finds(word: str) -> None:
    assert check_names.faults("a.md", f"first line\nhere: {word}\n")[0].startswith("a.md:2:")


@pytest.mark.parametrize("word", ["pypinyin==0.55", "tests/root/x", "~/work/main", "https://example.org/home/"])
def test_the_check_of_names_lets_pass(word: str) -> None:
    assert check_names.faults("a.md", word) == []


def test_help_explains_every_target_of_the_makefile() -> None:
    answer = subprocess.run(["make", "-s", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    listed = set(re.findall(r"^  make ([\w-]+)", answer, re.MULTILINE))
    wanted = {"run", "test", "test-core", "test-web", "test-pg", "test-e2e", "check", "lock", "fmt", "vendor", "clean"}
    assert wanted <= listed


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock", "tools/uv.lock"])
def test_every_locked_requirement_has_a_hash_and_no_address(name: str) -> None:
    lines = (ROOT / name).read_text("utf-8").splitlines()
    pins = [index for index, line in enumerate(lines) if re.match(r"[a-z0-9]", line)]
    assert pins
    assert all("==" in lines[index] and "--hash=sha256:" in lines[index + 1] for index in pins)
    assert not any("://" in line for line in lines)


def test_tests_run_the_versions_that_production_runs() -> None:
    production, development = (_pins(name) for name in ("requirements.lock", "requirements-dev.lock"))
    assert production <= development


def _pins(name: str) -> set[str]:
    return set(re.findall(r"^[a-z0-9._-]+==[^ ;]+", (ROOT / name).read_text("utf-8"), re.MULTILINE))


def test_an_old_python_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture) -> None:
    monkeypatch.setattr(bootstrap, "OLDEST", (99, 0))
    monkeypatch.setattr(bootstrap, "NEWER", ("no-such-python",))
    assert bootstrap.main([]) == 1
    assert "需要 Python 3.11" in capsys.readouterr().err


def test_a_ready_environment_is_left_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(bootstrap, "VENV", tmp_path)
    monkeypatch.setattr(bootstrap, "_install", lambda lock: pytest.fail(f"installed {lock}"))
    (tmp_path / ".ready").write_text(bootstrap._state(ROOT / "requirements.lock"), "utf-8")
    assert bootstrap.main([]) == 0


def test_a_slowly_built_python_gives_way_to_debians(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked: list[str] = []
    monkeypatch.setattr(bootstrap, "DEBIAN", tmp_path)
    monkeypatch.setattr(bootstrap, "_runs", lambda command: not asked.append(command[0]))
    monkeypatch.setattr(bootstrap.sysconfig, "get_config_var", lambda _name: "'--enable-optimizations'")
    assert (bootstrap._base(), asked) == (sys.executable, [])
    monkeypatch.setattr(bootstrap.sysconfig, "get_config_var", lambda _name: "'--enable-shared'")
    assert bootstrap._base() == f"{tmp_path}/python{sys.version_info[0]}.{sys.version_info[1]}" == asked[0]
    monkeypatch.setattr(bootstrap, "_runs", lambda _command: False)
    assert bootstrap._base() == sys.executable


def test_a_failed_installation_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    monkeypatch.setattr(bootstrap, "VENV", tmp_path)
    monkeypatch.setattr(bootstrap, "_make_venv", lambda: None)
    monkeypatch.setattr(bootstrap, "_pip", lambda: ["false"])
    monkeypatch.setattr(bootstrap, "UV", "false")
    assert bootstrap.main([]) == 1
    assert "PIP_INDEX_URL" in capsys.readouterr().err
    assert not (tmp_path / ".ready").exists()


def test_missing_system_software_is_named_with_the_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    monkeypatch.setattr(test_system, "NEEDS", {"chromium": lambda: None, "postgresql": lambda: "/usr/bin"})
    monkeypatch.setattr(test_system, "_may_install", lambda: False)
    assert test_system.main() == 1
    assert "apt-get install --no-install-recommends chromium\n" in capsys.readouterr().err


def test_what_is_only_quicker_is_asked_for_once_and_never_in_the_way(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[list[str]] = []
    monkeypatch.setattr(test_system, "WISHES", {"made": "make", "quicker": "no-such-program"})
    monkeypatch.setattr(test_system.subprocess, "run", lambda command, **_: ran.append(command))
    monkeypatch.setattr(test_system, "_may_install", lambda: False)
    test_system._fulfil()
    assert ran == []
    monkeypatch.setattr(test_system, "_may_install", lambda: True)
    test_system._fulfil()
    assert [command[-2:] for command in ran] == [["--no-remove", "quicker"]]


def test_a_missing_database_server_fails_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(with_postgres, "server_folder", lambda: None)
    assert with_postgres.main(["--", "true"]) == 1


def test_the_network_is_refused_and_loopback_is_not() -> None:
    with pytest.raises(NetworkUsedError):
        socket.create_connection(("192.0.2.1", 80), timeout=1)
    with pytest.raises(NetworkUsedError):
        socket.getaddrinfo("example.org", 80)
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()):
        pass


def test_an_undefined_template_variable_fails_in_our_templates_only() -> None:
    engine = Engine(string_if_invalid=settings.TEMPLATES[0]["OPTIONS"]["string_if_invalid"])
    ours = Template("{{ nothing }}", origin=Origin(f"{OUR_TEMPLATES}/x.html"), engine=engine)
    with pytest.raises(pytest.fail.Exception, match="undefined template variable nothing in"):
        ours.render(Context())
    theirs = Template("{{ nothing }}", origin=Origin("elsewhere/x.html"), engine=engine)
    assert theirs.render(Context()) == ""


@pytest.mark.data
@pytest.mark.django_db
def test_the_database_is_the_one_asked_for() -> None:
    assert connection.vendor == ("postgresql" if os.environ.get("TEST_DATABASE_URL") else "sqlite")
    assert connection.vendor == "postgresql" or not connection.is_in_memory_db()
