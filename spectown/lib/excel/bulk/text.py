"""Text of a whole column for the XML of a sheet: no formula, no forbidden character, nothing lost.

The apostrophe is put exactly as spectown.lib.excel.escape.safe_text puts it (a test holds the two equal).
Control characters that XML cannot hold are written the way Excel itself does: _x000B_, which readers turn back;
the two non-characters U+FFFE and U+FFFF are left out.
"""

import polars as pl

SPECIAL = r"^['=+\-@\s]|\s$|[&<>\x00-\x1f\x{FFFE}\x{FFFF}]|_x"
_RISKY = r"^'*[=+\-@\t\r\n]"
_LOOKS_ENCODED = r"_x[0-9A-Fa-f]{4}_"
_CONTROLS = {chr(code): f"_x{code:04X}_" for code in range(32) if code not in (9, 10)}
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\ufffe": "", "\uffff": "", **_CONTROLS}


def safe(text: pl.Expr) -> pl.Expr:
    """safe_text for a column: an apostrophe before text that a spreadsheet could run as a formula."""
    return pl.when(text.str.contains(_RISKY)).then(pl.concat_str(pl.lit("'"), text)).otherwise(text)


def encoded(text: pl.Expr) -> pl.Expr:
    """Content of a <t> element for a column."""
    literal = text.str.replace_all("_x", "_x005F_x", literal=True)
    text = pl.when(text.str.contains(_LOOKS_ENCODED)).then(literal).otherwise(text)
    return text.str.replace_many(list(_ENTITIES), list(_ENTITIES.values()))


def units(text: pl.Expr) -> pl.Expr:
    """Length as Excel counts it: characters outside the basic plane count twice."""
    return text.str.len_chars() + text.str.count_matches(r"[\x{10000}-\x{10FFFF}]")
