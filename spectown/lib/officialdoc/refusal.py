"""Why a document cannot be rendered."""

from spectown.core.officialdoc.texts import unprintable
from spectown.core.officialdoc.tree import Document
from spectown.lib.refusal import Refused


class Unrenderable(Refused):
    """The document cannot be made into a file; the message names what and where, in Chinese."""


def refuse_unprintable(document: Document) -> None:
    """Raise Unrenderable when a text holds a character that no document can hold."""
    for char, part in unprintable(document).items():
        raise Unrenderable(f"{part}中有不能印出的控制字符 U+{ord(char):04X},请删去。")
