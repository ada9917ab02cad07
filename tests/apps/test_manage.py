"""`spectown` as it is called from a shell: known and unknown commands, Chinese help, exit codes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands, load_command_class

from config.manage import main


def spectown(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return in_folder("-m", "config.manage", *arguments, folder=folder)


def in_folder(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Python with the product's own settings and its data in a folder."""
    environment = {**os.environ, "DATA_DIR": str(folder), "SECRETS_DIR": str(folder / "secrets")}
    for name in ("DJANGO_SETTINGS_MODULE", "DATABASE_URL"):
        environment.pop(name, None)
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_an_unknown_command_is_a_chinese_sentence_and_exit_code_2(tmp_path: Path) -> None:
    done = spectown("nosuch", folder=tmp_path)
    assert done.returncode == 2
    assert "没有“nosuch”这个命令" in done.stderr


def here(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    """The same without a process of its own."""
    monkeypatch.setattr(sys, "argv", ["spectown", *arguments])
    try:
        main()
    except SystemExit as end:
        return int(end.code or 0)
    return 0


def test_help_is_shown(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert here(monkeypatch, "load_plan", "--help") == 0
    assert capsys.readouterr().out.startswith("用法:spectown")


@pytest.mark.parametrize("command", sorted(name for name, app in get_commands().items() if "spectown" in str(app)))
def test_help_is_chinese(command: str) -> None:
    text = load_command_class(get_commands()[command], command).create_parser("spectown", command).format_help()
    assert text.startswith("用法:spectown")
    for english in ("usage:", "options:", "show this help", "positional"):
        assert english not in text


def test_a_wrong_call_says_in_chinese_what_is_wrong(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert here(monkeypatch, "load_plan") == 2
    assert "缺少参数:文件夹" in capsys.readouterr().err


def test_without_arguments_our_commands_are_listed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert here(monkeypatch) == 0
    assert "方案体检" in capsys.readouterr().out
