"""Migration operation that gives a model its search index."""

from __future__ import annotations

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation

from spectown.lib.search.statements import build, drop


class SearchIndex(Operation):
    """Index of the search text of a model with triggers that keep it.

    SQLite forgets triggers when Django remakes a table (AlterField and the like): a migration that alters the model
    later ends with this operation again, and tests/apps/test_search_index.py fails where it was forgotten.
    """

    reversible = True

    def __init__(self, model_name: str) -> None:
        self.model_name = model_name

    def state_forwards(self, app_label: str, state: Any) -> None:
        """The models do not change."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Make the index anew."""
        table = to_state.apps.get_model(app_label, self.model_name)._meta.db_table
        vendor = schema_editor.connection.vendor
        for statement in [*drop(vendor, table), *build(vendor, table)]:
            schema_editor.execute(statement, params=None)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Remove it."""
        table = from_state.apps.get_model(app_label, self.model_name)._meta.db_table
        for statement in drop(schema_editor.connection.vendor, table):
            schema_editor.execute(statement, params=None)

    def describe(self) -> str:
        """Line of `migrate --plan`."""
        return f"Search index of {self.model_name}"
