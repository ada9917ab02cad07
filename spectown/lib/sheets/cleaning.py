"""Text as it should have been typed: blanks, widths, invisible characters, the apostrophe of escaping."""

import polars as pl

_ZERO_WIDTH = r"[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]"
_UNTIDY = r"^'*[=+\-@\t\r\n]|^\s|\s$|\s\s|[^\S ]|" + _ZERO_WIDTH
_ESCAPED = r"^''*[=+\-@\t\r\n]"
EMPTY_MARKS = ("-", "--", "/", "—", "——", "\\", "–")


def tidy(text: pl.Series, *, multiline: bool = False) -> pl.Series:
    """Undo the apostrophe of escaping, trim, collapse blanks (also U+3000), drop what cannot be seen; "" is null."""
    name = text.name
    untidy = text.str.contains(_UNTIDY).fill_null(False)
    if untidy.any():
        places = untidy.arg_true()
        text = text.clone().scatter(places, _tidied(text.gather(places), multiline))
    if (text == "").any():
        text = text.to_frame("t").select(pl.when(pl.col("t") != "").then(pl.col("t"))).to_series()
    return text.alias(name)


def _tidied(text: pl.Series, multiline: bool) -> pl.Series:
    t = pl.col("t")
    unescaped = pl.when(t.str.contains(_ESCAPED)).then(t.str.slice(1)).otherwise(t).str.replace_all(_ZERO_WIDTH, "")
    if multiline:
        lines = unescaped.str.replace_all(r"\r\n?", "\n").str.replace_all(r"[^\S\n]+", " ")
        clean = lines.str.replace_all(r" ?\n ?", "\n")
    else:
        clean = unescaped.str.replace_all(r"\s+", " ")
    return text.to_frame("t").select(clean.str.strip_chars()).to_series()


def compact(text: pl.Series) -> pl.Series:
    """Half width, without any blank: for numbers, dates, codes and choices."""
    squeezed = text.str.normalize("NFKC").str.replace_all(r"[\s\u200b-\u200f\u2060\ufeff\u00ad]+", "")
    return squeezed.str.replace_all("[−‐‑–]", "-")


def folded(text: pl.Series) -> pl.Series:
    """Compact and without case: how labels and names are compared."""
    return compact(text).str.to_lowercase()


def without_marks(text: pl.Series) -> tuple[pl.Series, int]:
    """Turn cells that hold only "-" or "/" into blanks; also says how many there were."""
    marks = text.is_in(EMPTY_MARKS).fill_null(False)
    count = int(marks.sum())
    if count:
        text = text.to_frame("t").select(pl.when(~marks).then(pl.col("t"))).to_series()
    return text, count
