"""The migration operation: forwards fills the index from what is there, backwards leaves nothing."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from spectown.enterprises.models import Enterprise
from spectown.lib.search import SearchIndex, lookup
from tests import factories
from tests.apps.enterprise_rows import enterprise

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.data]
STATE: Any = SimpleNamespace(apps=apps)


def tables() -> set[str]:
    with connection.cursor() as cursor:
        return {name for name in connection.introspection.table_names(cursor) if "_search" in name}


def test_away_and_back() -> None:
    operation = SearchIndex("Enterprise")
    assert "Enterprise" in operation.describe()
    row = enterprise(territory=factories.TerritoryFactory.create(), name="沁州黄小米")
    try:
        with connection.schema_editor() as editor:
            operation.database_backwards("enterprises", editor, STATE, STATE)
        assert tables() == set()
        Enterprise.objects.filter(pk=row.pk).update(search_text="潞绸丝织")  # no trigger is left that would fail
    finally:
        with connection.schema_editor() as editor:
            operation.database_forwards("enterprises", editor, STATE, STATE)
    found = lookup("enterprises_enterprise", "丝织")
    assert found is not None
    assert list(Enterprise.objects.filter(pk__in=found[0]).values_list("pk", flat=True)) == [row.pk]
