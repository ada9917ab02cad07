"""The text that the search box looks into: the searched columns as written, and their pinyin initials."""

from __future__ import annotations

from spectown.lib.pinyin import keys
from spectown.lists.declaration import Ledger
from spectown.lists.models import ListRow


def search_text(ledger: Ledger, row: ListRow) -> str:
    """Lower-case text of the searched columns and the initials of the Chinese ones."""
    texts = [str(getattr(row, name)).lower() for name in ledger.search if getattr(row, name)]
    initials = [keys(text)[1] for text in texts if not text.isascii()]
    return " ".join([*texts, *initials])[:1000]
