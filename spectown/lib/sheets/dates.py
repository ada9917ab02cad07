"""Days as officials write them: 2024-3-1, 2024/03/01, 2024.3.1, 2024年3月1日, 20240301, a date cell or its number."""

import polars as pl

from spectown.lib.sheets.cleaning import compact
from spectown.lib.sheets.columns import no_reasons, patched

_ISO = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_PARTS = r"^(?<y>[0-9]{4})(?:年|[-/.])(?<m>[0-9]{1,2})(?:月|[-/.])(?<d>[0-9]{1,2})日?$"
_COMPACT = r"^(?<y>[0-9]{4})(?<m>[0-9]{2})(?<d>[0-9]{2})$"
_SERIAL = r"^[2-7][0-9]{4}$"  # 1954 to 2119
_EPOCH = pl.date(1899, 12, 30)
_NO_DAY = "日期缺少日,请填写完整的年月日,如 2024-03-01。"
_TIME = "日期带有时间,请只填日期,如 2024-03-01。"
_NO_SUCH = "日期不存在,请核对年、月、日。"
_SHORT = "日期的年份应为四位数字,请按 2024-03-01 的样式填写。"
_OTHER = "这一格不是日期,请按 2024-03-01 的样式填写。"


def parse(text: pl.Series) -> tuple[pl.Series, pl.Series]:
    """Return days and reasons."""
    odd = (~text.str.contains(_ISO)).fill_null(False).arg_true()
    ordinary = text.clone().scatter(odd, None) if len(odd) else text
    values = ordinary.str.to_date("%Y-%m-%d", strict=False)
    reasons = no_reasons(len(text))
    impossible = (ordinary.is_not_null() & values.is_null()).arg_true()
    reasons = patched(reasons, impossible, pl.repeat(_NO_SUCH, len(impossible), eager=True))
    if not len(odd):
        return values, reasons
    days, whys = _parse_odd(text.gather(odd))
    return patched(values, odd, days), patched(reasons, odd, whys)


def _parse_odd(text: pl.Series) -> tuple[pl.Series, pl.Series]:
    t = pl.col("t")
    parts, whole = t.str.extract_groups(_PARTS), t.str.extract_groups(_COMPACT)
    frame = pl.DataFrame({"t": compact(text)}).select(
        "t",
        *(pl.coalesce(parts.struct.field(name), whole.struct.field(name)).str.zfill(2).alias(name) for name in "ymd"),
        serial=_EPOCH + pl.duration(days=pl.when(t.str.contains(_SERIAL)).then(t).cast(pl.Int64)),
    )
    day = pl.concat_str("y", "m", "d", separator="-").str.to_date("%Y-%m-%d", strict=False)
    frame = frame.with_columns(day=pl.coalesce(day, "serial"))
    why = (
        pl.when(pl.col("day").is_not_null()).then(None)
        .when(pl.col("y").is_not_null()).then(pl.lit(_NO_SUCH))
        .when(t.str.contains(r"[0-9]:[0-9]")).then(pl.lit(_TIME))
        .when(t.str.contains(r"^[0-9]{4}(?:年|[-/.])[0-9]{1,2}月?$|^[0-9]{6}$|^[0-9]{4}年?$")).then(pl.lit(_NO_DAY))
        .when(t.str.contains(r"^[0-9]{2}(?:年|[-/.])[0-9]{1,2}(?:月|[-/.])[0-9]{1,2}日?$")).then(pl.lit(_SHORT))
        .otherwise(pl.lit(_OTHER))
    )  # fmt: skip
    frame = frame.with_columns(why=why)
    return frame["day"], frame["why"]
