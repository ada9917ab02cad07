"""Text that must never be taken for a formula: escaped on writing, restored on reading."""

_TRIGGERS = ("=", "+", "-", "@", "\t", "\r", "\n")


def safe_text(text: str) -> str:
    """Put an apostrophe before text that a spreadsheet could run as a formula."""
    return f"'{text}" if _is_risky(text) else text


def plain_text(text: str) -> str:
    """Undo safe_text: plain_text(safe_text(x)) == x for every x."""
    return text[1:] if text.startswith("'") and _is_risky(text[1:]) else text


def _is_risky(text: str) -> bool:
    return text.lstrip("'").startswith(_TRIGGERS)
