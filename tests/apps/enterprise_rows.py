"""Enterprises for the tests of choosing and searching."""

from typing import Any

from spectown.enterprises.models import Enterprise
from spectown.lists.declaration import Ledger
from spectown.lists.registry import ledger_for
from spectown.lists.searchable import search_text

LEDGER: Ledger = ledger_for(Enterprise)


def enterprise(**values: Any) -> Enterprise:
    """One row as the services store it, with its search text."""
    row = Enterprise(**values)
    row.search_text = search_text(LEDGER, row)
    row.save()
    return row
