"""Numbers as Excel shows them, of fifteen digits: the reader writes nine decimals, a formula may leave seventeen."""

import polars as pl

_SHORTEST = 16  # "9494613.439999999" has 17 characters, one decimal may have been trimmed
_NOISY = r"^-?[0-9]{7,15}\.[0-9]+$"


def unnoised(frame: pl.DataFrame) -> pl.DataFrame:
    """Cut numbers with a fraction to fifteen digits: 9494613.439999999 is 9494613.44 in the file."""
    changed = [_unnoised(column) for column in frame.iter_columns()]
    found = [column for column in changed if column is not None]
    return frame.with_columns(found) if found else frame


def _unnoised(column: pl.Series) -> pl.Series | None:
    long = (column.str.len_bytes() >= _SHORTEST) & column.str.contains(".", literal=True)  # few texts have a full stop
    places = long.fill_null(False).arg_true()
    noisy = places.filter(column.gather(places).str.contains(_NOISY)) if len(places) else places
    if not len(noisy):
        return None
    numbers = column.gather(noisy)
    shortest = numbers.cast(pl.Float64).cast(pl.String)
    if (shortest.str.len_bytes() > _SHORTEST).any():  # a formula's own noise
        shortest = pl.Series(shortest.name, [f"{float(text):.15g}" for text in shortest])
    return column.clone().scatter(noisy, shortest)
