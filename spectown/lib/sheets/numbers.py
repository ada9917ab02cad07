"""Numbers as officials write them, made exact: 1,234.5, 3.5亿, 1200万元, (100), １２. Never a float, never a guess."""

from functools import cache

import polars as pl

from spectown.core.units import PREFIX, power_between
from spectown.lib.sheets.cleaning import compact
from spectown.lib.sheets.columns import no_reasons, patched

_LONGEST = 20  # digits before the point
_NUMBER = (
    r"^(?<open>\()?[¥$]?(?<sign>[+-]?)[¥$]?(?<whole>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+|)(?:\.(?<part>[0-9]*))?"
    rf"(?<unit>(?:{PREFIX})?[^0-9().,+\-]*)(?<close>\))?$"
)
SCIENCE = r"(?i)^-?[0-9](?:\.[0-9]+)?e\+?[0-9]+$"
NOT_A_NUMBER = "这一格不是数字,请只填确定的数字,不要写“约”“以上”等。"
_SCIENCE = "这个数字是科学计数,末几位可能已丢失,请填写完整的数字。"
_TOO_LARGE = "数字过大,请核对单位。"
_NO_UNIT = "数字后面的单位与本列不同,请换算成{unit}后只填数字。"


def parse(text: pl.Series, written: str, wanted: str, decimals: int) -> tuple[pl.Series, pl.Series]:
    """Return exact numbers in the unit `wanted` and reasons; a plain number is in the unit `written`."""
    dtype = pl.Decimal(38, decimals)
    shift = power_between(written, wanted) or 0
    plain = (
        text.str.contains(rf"^-?[0-9]{{1,15}}(?:\.[0-9]{{1,{max(decimals, 1)}}})?$")
        if not shift
        else text.str.contains(r"^$")
    )
    if not decimals and not shift:
        plain &= ~text.str.contains(".", literal=True)
    odd = (~plain).fill_null(False).arg_true()
    if not len(odd):
        return text.cast(dtype), no_reasons(len(text))
    ordinary = text.clone().scatter(odd, None).cast(dtype)
    values, reasons = _parse_odd(text.gather(odd), written, wanted, decimals)
    return patched(ordinary, odd, values), patched(no_reasons(len(text)), odd, reasons)


def _parse_odd(text: pl.Series, written: str, wanted: str, decimals: int) -> tuple[pl.Series, pl.Series]:
    parts = (
        pl.DataFrame({"text": compact(text)}).with_columns(pl.col("text").str.extract_groups(_NUMBER)).unnest("text")
    )
    parts = parts.with_columns(
        pl.col("whole").str.replace_all(",", ""), pl.col("part").fill_null(""), powers(parts["unit"], written, wanted)
    )
    digits = pl.col("whole") + pl.col("part")
    trailing = digits.str.len_bytes().cast(pl.Int64) - digits.str.strip_chars_end("0").str.len_bytes()
    needed = (
        pl.when(digits.str.strip_chars("0") == "")
        .then(0)
        .otherwise(pl.col("part").str.len_bytes().cast(pl.Int64) - trailing - pl.col("power"))
    )
    negative = (pl.col("sign") == "-") != pl.col("open").is_not_null()
    exact = pl.when(negative).then(pl.lit("-")).otherwise(pl.lit("")) + pl.format(
        "0{}.{}0e{}", pl.col("whole"), pl.col("part"), pl.col("power")
    )
    parsed = parts.select(
        raw=compact(text),
        shape=(digits != "")
        & (pl.col("open").is_null() == pl.col("close").is_null())
        & ~(pl.col("open").is_not_null() & (pl.col("sign") != "")),
        power=pl.col("power"),
        needed=needed,
        large=pl.col("whole").str.strip_chars_start("0").str.len_bytes().cast(pl.Int64) + pl.col("power") > _LONGEST,
        exact=exact,
    )
    reason = _reason(wanted, decimals)
    checked = parsed.select("exact", reason=reason)
    values = checked.select(pl.when(pl.col("reason").is_null()).then(pl.col("exact")))
    return values.to_series().cast(pl.Decimal(38, decimals)), checked["reason"]


def _reason(wanted: str, decimals: int) -> pl.Expr:
    most = (
        f"小数位数太多,最多保留 {decimals} 位小数,请四舍五入后填写。"
        if decimals
        else "这一格应为整数,不能有小数,请核对。"
    )
    return (
        pl.when(pl.col("raw").str.contains(SCIENCE)).then(pl.lit(_SCIENCE))
        .when(~pl.col("shape").fill_null(False)).then(pl.lit(NOT_A_NUMBER))
        .when(pl.col("power").is_null()).then(pl.lit(_NO_UNIT.format(unit=wanted or "整数或小数")))
        .when(pl.col("large")).then(pl.lit(_TOO_LARGE))
        .when(pl.col("needed") > decimals).then(pl.lit(most))
    )  # fmt: skip


def powers(units: pl.Series, written: str, wanted: str) -> pl.Series:
    """Return the power of ten by which each cell's own unit differs from the wanted one, null if they do not meet."""

    @cache
    def power(unit: str) -> int | None:
        found = power_between(unit or written, wanted)
        return None if found and wanted == "%" else found

    distinct = units.drop_nulls().unique().to_list()
    found = {unit: power(unit) for unit in distinct}
    return units.replace_strict(found, default=None, return_dtype=pl.Int64).alias("power")
