"""What other code keeps about rows and must bring up to date in the transaction of their change: lights of projects.

`derives` declares it; whoever writes rows of a list calls `derive`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from spectown.lists.declaration import Ledger
from spectown.lists.models import ListRow

Keep = Callable[[Collection[int]], object]
_KEEPERS: dict[type[ListRow], tuple[bool, Keep]] = {}


def derives(model: type[ListRow], keep: Keep, *, followed: bool = False) -> None:
    """After rows of a model changed, call `keep` with their numbers, or (`followed`) with those of what they follow."""
    _KEEPERS[model] = (followed, keep)


def derive(ledger: Ledger, pks: Collection[int], parents: Collection[int | None] = ()) -> None:
    """Rows of a list were written. `parents`: what they follow, before and after the change."""
    followed, keep = _KEEPERS.get(ledger.model, (False, None))
    numbers = {pk for pk in (parents if followed else pks) if pk is not None}
    if keep is not None and numbers:
        keep(numbers)
