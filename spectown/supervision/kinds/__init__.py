"""The kinds of dated work, each in a module of its own."""

from spectown.supervision.kinds.notices import NOTICES

KINDS = (NOTICES,)
