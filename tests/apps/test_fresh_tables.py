"""An empty database gets its tables at once: the same ones, with the same rows, as by every migration in turn."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from django.db.migrations.operations import RunSQL

from spectown.lib import fresh
from tests.apps.test_manage import in_folder, spectown

DATABASE = "spectown.sqlite3"
AT_ONCE, BY_STEPS = ("-m", "config.manage", "migrate"), "tests/apps/quick_steps.py"
OBJECTS = "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite%'"


def made(folder: Path, *command: str) -> sqlite3.Connection:
    """The database that a command makes in a folder."""
    done = in_folder(*command, folder=folder)
    assert done.returncode == 0, done.stderr
    return sqlite3.connect(folder / DATABASE)


def _tables(file: sqlite3.Connection) -> dict[str, Any]:
    """Columns in any order, the pieces of the table's statement (checks, keys), number of rows."""
    found = {}
    for kind, name, sql in file.execute(OBJECTS).fetchall():
        if kind == "table" and "_search" not in name:
            columns = sorted(
                file.execute(f"SELECT name, type, \"notnull\", dflt_value FROM pragma_table_info('{name}')")
            )
            found[name] = (columns, _pieces(sql), file.execute(f'SELECT count(*) FROM "{name}"').fetchone())
    return found


def _pieces(sql: str) -> list[str]:
    return sorted(re.split(r",\s*(?=\"|CONSTRAINT)", sql.partition("(")[2][:-1]))


def test_the_same_as_step_by_step(tmp_path: Path) -> None:
    with closing(made(tmp_path / "once", *AT_ONCE)) as once, closing(made(tmp_path / "turn", BY_STEPS)) as turn:
        others = [
            sorted(row for row in file.execute(OBJECTS).fetchall() if row[0] != "table" or "_search" in row[1])
            for file in (once, turn)
        ]
        assert others[0] == others[1]
        assert _tables(once) == _tables(turn)
        assert len(_tables(once)) > 150


def test_an_operation_that_nobody_knows_goes_step_by_step() -> None:
    plan: Any = [type("Own", (), {"app_label": "x", "operations": [RunSQL("SELECT 1")]})]
    assert not fresh._all_known(plan)


def test_what_cannot_be_migrated_says_what_to_do(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / DATABASE)) as old:
        old.execute("CREATE TABLE towns_town (id INTEGER)")
    done = spectown("migrate", folder=tmp_path)
    assert done.returncode == 1
    assert "请换一个空的 DATA_DIR" in done.stderr
