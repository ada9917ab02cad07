"""All tables of an empty database at once, as the models stand, instead of migration by migration.

The migrations lead to the same tables: `makemigrations --check` says so of the models, FILLING are the operations that
make what no model tells, tests/apps/test_fresh_tables.py compares both outcomes. Step by step takes 20 seconds, of
which the database works for one: Django draws up all models anew after every step.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations.fields import FieldOperation
from django.db.migrations.operations.models import IndexOperation, ModelOperation
from django.db.migrations.operations.special import RunPython
from django.db.migrations.state import ProjectState

from spectown.lib.frozen import Frozen
from spectown.lib.search import SearchIndex

FILLING = (Frozen, SearchIndex)
KNOWN = (*FILLING, ModelOperation, FieldOperation, IndexOperation, RunPython)  # no rows yet that a RunPython would move


def make_tables(connection: BaseDatabaseWrapper) -> bool:
    """Make every table and record all migrations as done; False where there are tables or an unknown operation."""
    executor = MigrationExecutor(connection)
    plan = [migration for migration, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]
    if connection.introspection.table_names() or not _all_known(plan):
        return False
    with connection.schema_editor() as editor:
        for model in _models():
            editor.create_model(model)
        state: Any = ProjectState.from_apps(apps)
        state.apps = apps
        for label, operation in _filling(plan):
            operation.database_forwards(label, editor, state, state)
        executor.recorder.ensure_schema()
        for migration in plan:
            for label, name in [(migration.app_label, migration.name), *migration.replaces]:
                executor.recorder.record_applied(label, name)
    return True


def _models() -> list[type[models.Model]]:
    found = [model._meta for model in apps.get_models()]
    return [meta.model for meta in found if meta.managed and not meta.proxy and not meta.swapped]


def _operations(plan: list[Migration]) -> Iterator[tuple[str, Any]]:
    for migration in plan:
        yield from ((migration.app_label, operation) for operation in migration.operations)


def _all_known(plan: list[Migration]) -> bool:
    return all(isinstance(operation, KNOWN) for _, operation in _operations(plan))


def _filling(plan: list[Migration]) -> Iterator[tuple[str, Any]]:
    return ((label, operation) for label, operation in _operations(plan) if isinstance(operation, FILLING))
