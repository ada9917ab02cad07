"""All lists of the installation. Each app registers its own in its AppConfig.ready()."""

from __future__ import annotations

from spectown.lists.declaration import Ledger
from spectown.lists.models import ListRow

_ledgers: dict[str, Ledger] = {}


def register(*ledgers: Ledger) -> None:
    """Make lists known. Raises ValueError for a slug that is taken by another model."""
    for ledger in ledgers:
        known = _ledgers.setdefault(ledger.slug, ledger)
        if known.model is not ledger.model:
            raise ValueError(f"two lists are called {ledger.slug}")


def ledgers() -> tuple[Ledger, ...]:
    """All lists in the order of the tasks they feed, then of registration."""
    return tuple(sorted(_ledgers.values(), key=lambda ledger: ledger.tasks[:1] or (99,)))


def ledger_of(slug: str) -> Ledger | None:
    """The list of a slug, None where there is none."""
    return _ledgers.get(slug)


def ledger_for(model: type[ListRow]) -> Ledger:
    """The list of a model. Raises LookupError where the model has none."""
    for ledger in _ledgers.values():
        if ledger.model is model:
            return ledger
    raise LookupError(f"{model} has no list")
