"""Rows that the database itself refuses to change or delete, whoever asks: triggers, the same on both databases.

PostgreSQL's TRUNCATE passes by the triggers of rows, so it has one of its own; SQLite knows no TRUNCATE.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation

SQLITE = (
    "CREATE TRIGGER {table}_frozen_update BEFORE UPDATE ON {table} WHEN {when} AND ({changed})"
    " BEGIN SELECT RAISE(ABORT, '{table} is frozen'); END",
    "CREATE TRIGGER {table}_frozen_delete BEFORE DELETE ON {table} WHEN {when}"
    " BEGIN SELECT RAISE(ABORT, '{table} is frozen'); END",
)
POSTGRESQL = (
    "CREATE OR REPLACE FUNCTION {table}_frozen() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    " RAISE EXCEPTION '{table} is frozen' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER {table}_frozen_update BEFORE UPDATE ON {table} FOR EACH ROW"
    " WHEN ({when} AND ({changed})) EXECUTE FUNCTION {table}_frozen()",
    "CREATE TRIGGER {table}_frozen_delete BEFORE DELETE ON {table} FOR EACH ROW"
    " WHEN ({when}) EXECUTE FUNCTION {table}_frozen()",
    "CREATE OR REPLACE FUNCTION {table}_frozen_all() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    ' IF EXISTS (SELECT 1 FROM {table} WHERE "{since}" IS NOT NULL) THEN'
    " RAISE EXCEPTION '{table} is frozen' USING ERRCODE = 'integrity_constraint_violation'; END IF;"
    " RETURN NULL; END $$",
    "CREATE TRIGGER {table}_frozen_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT"
    " EXECUTE FUNCTION {table}_frozen_all()",
)
SQLITE_DROP = ("DROP TRIGGER IF EXISTS {table}_frozen_update", "DROP TRIGGER IF EXISTS {table}_frozen_delete")
POSTGRESQL_DROP = (
    "DROP TRIGGER IF EXISTS {table}_frozen_update ON {table}",
    "DROP TRIGGER IF EXISTS {table}_frozen_delete ON {table}",
    "DROP TRIGGER IF EXISTS {table}_frozen_truncate ON {table}",
    "DROP FUNCTION IF EXISTS {table}_frozen",
    "DROP FUNCTION IF EXISTS {table}_frozen_all",
)


class Frozen(Operation):
    """Rows of a model that are `since` set (all of them without it) keep every column but those of `but`.

    A refused change is an IntegrityError. SQLite forgets triggers when Django remakes a table, and a later column is
    not among those of its triggers: a migration that alters the model ends with this operation again (it replaces the
    former one); one that must change such rows drops them first (`drop`). tests/apps/test_frozen.py fails where it was
    forgotten.
    """

    reversible = True

    def __init__(self, model_name: str, *, since: str = "", but: Sequence[str] = ()) -> None:
        self.model_name, self.since, self.but = model_name, since, tuple(but)

    def state_forwards(self, app_label: str, state: Any) -> None:
        """The models do not change."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Make the triggers anew."""
        meta = to_state.apps.get_model(app_label, self.model_name)._meta
        vendor = schema_editor.connection.vendor
        kept = sorted(field.column for field in meta.local_concrete_fields if field.name not in self.but)
        for statement in [*drop(vendor, meta.db_table), *build(vendor, meta.db_table, self._since(meta), kept)]:
            schema_editor.execute(statement, params=None)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Remove them."""
        table = from_state.apps.get_model(app_label, self.model_name)._meta.db_table
        for statement in drop(schema_editor.connection.vendor, table):
            schema_editor.execute(statement, params=None)

    def describe(self) -> str:
        """Line of `migrate --plan`."""
        return f"Freeze {self.model_name}"

    def _since(self, meta: Any) -> str:
        return str(meta.get_field(self.since).column) if self.since else str(meta.pk.column)


def build(vendor: str, table: str, since: str, kept: Sequence[str]) -> list[str]:
    """Statements that freeze rows of a table whose column `since` is set."""
    differ = "IS NOT" if vendor == "sqlite" else "IS DISTINCT FROM"
    changed = " OR ".join(f'new."{column}" {differ} old."{column}"' for column in kept)
    when = f'old."{since}" IS NOT NULL'
    statements = SQLITE if vendor == "sqlite" else POSTGRESQL
    return [statement.format(table=table, since=since, when=when, changed=changed) for statement in statements]


def drop(vendor: str, table: str) -> list[str]:
    """Statements that let the rows go."""
    return [s.format(table=table) for s in (SQLITE_DROP if vendor == "sqlite" else POSTGRESQL_DROP)]
