"""The lists of this app as declared."""

from spectown.lists.declaration import Ledger

LISTS: tuple[Ledger, ...] = ()
