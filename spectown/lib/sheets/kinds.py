"""One function per kind of column: text in, Outcome out."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import polars as pl

from spectown.lib.sheets import codes, dates, numbers, words
from spectown.lib.sheets.cleaning import compact, tidy, without_marks
from spectown.lib.sheets.columns import Kind, Outcome, Spec, no_reasons, patched
from spectown.lib.sheets.formulas import NO_RESULT, REASON

ERROR = r"^#(?:DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!|GETTING_DATA|SPILL!|CALC!)$"
_FAILED = "这一格的公式出错,请改正公式或直接填写结果。"
_BLANK = "这一格不能为空,请填写。"
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2100, 12, 31)
FIRST_YEAR, LAST_YEAR = 1900, 2100
_MARKED = frozenset((Kind.INTEGER, Kind.DECIMAL, Kind.PERCENT, Kind.DATE, Kind.YEAR))
Parsed = tuple[pl.Series, pl.Series]


def outcome_of(text: pl.Series, spec: Spec, written: str) -> Outcome:
    """Clean and check one column; `written` is the unit that its heading names."""
    text = tidy(text, multiline=spec.multiline)
    notices = []
    if spec.kind in _MARKED:
        text, marks = without_marks(text)
        if marks:
            notices.append(f"“{spec.heading}”列有 {marks} 格只填了“-”或“/”,按空白读取。")
    failed = _failed(text)
    values, reasons = _PARSERS[spec.kind](text if failed is None else text.clone().scatter(failed, None), spec, written)
    if failed is not None:
        why = text.gather(failed).replace_strict({NO_RESULT: REASON}, default=_FAILED, return_dtype=pl.String)
        reasons = patched(reasons, failed, why)
    if spec.kind is Kind.PERCENT and _looks_like_ratio(text, values):
        notices.append(f"“{spec.heading}”列按百分数读取:0.35 是 0.35%,不是 35%;如有误请写成 35%。")
    notices += _converted(text, values, spec)
    return Outcome(values, _limited(text, values, reasons, spec), tuple(notices))


def _converted(text: pl.Series, values: pl.Series, spec: Spec) -> list[str]:
    """What became of figures with a unit of their own: 3万 in a column of 万元 is 3, 3亿 is 30000."""
    if spec.kind not in (Kind.INTEGER, Kind.DECIMAL) or not spec.unit:
        return []
    places = (text.str.contains("[十百千万亿]") & values.is_not_null()).fill_null(False).arg_true()
    if not len(places):
        return []
    example = f"“{text[places[0]].strip()}”读作 {Decimal(values[places[0]]).normalize():,f} {spec.unit}"  # never 3E+4
    return [f"“{spec.heading}”列有 {len(places)} 格自带“万”“亿”等,已换算成{spec.unit},如{example}。"]


def _failed(text: pl.Series) -> pl.Series | None:
    """Places of formulas that failed or have no result; None where nothing begins like one."""
    if not text.str.contains(r"^[#(]").any():
        return None
    return (text.str.contains(ERROR) | (text == NO_RESULT)).fill_null(False).arg_true()


def _looks_like_ratio(text: pl.Series, values: pl.Series) -> bool:
    positive = values.drop_nulls().abs()
    return bool((positive > 0).any() and (positive <= 1).all() and not text.str.contains("[%%]").any())


def _limited(text: pl.Series, values: pl.Series, reasons: pl.Series, spec: Spec) -> pl.Series:
    """Add what is wrong with values that were understood: too small, too large, too long, missing."""
    checks = _limits(spec, values.dtype)
    if spec.required:
        checks.append((pl.col("t").is_null(), _BLANK))
    if not checks:
        return reasons
    reason = pl.coalesce(pl.col("r"), *(pl.when(wrong).then(pl.lit(said)) for wrong, said in checks))
    return pl.DataFrame({"t": text, "v": values, "r": reasons}).select(reason.alias("r")).to_series()


def _limits(spec: Spec, dtype: pl.DataType) -> list[tuple[pl.Expr, str]]:
    value, checks = pl.col("v"), list[tuple[pl.Expr, str]]()
    unit = "%" if spec.kind is Kind.PERCENT else spec.unit
    if spec.minimum is not None:
        checks.append((value < pl.lit(spec.minimum), f"数值太小,不能小于 {spec.minimum}{unit},请核对。"))
    if spec.maximum is not None:
        checks.append((value > pl.lit(spec.maximum), f"数值太大,不能大于 {spec.maximum}{unit},请核对。"))
    if spec.max_length is not None and dtype == pl.String:
        checks.append((value.str.len_chars() > spec.max_length, f"文字太长,超过 {spec.max_length} 个字,请缩短。"))
    if spec.pattern and dtype == pl.String:
        checks.append((~value.str.contains(spec.pattern), spec.hint or "文字的格式不符,请核对。"))
    if spec.kind is Kind.DATE:
        span = f"日期应在 {FIRST_DAY} 至 {LAST_DAY} 之间,请核对。"
        checks.append(((value < FIRST_DAY) | (value > LAST_DAY), span))
    if spec.kind is Kind.YEAR:
        span = f"年份应在 {FIRST_YEAR} 至 {LAST_YEAR} 之间,请核对。"
        checks.append(((value < FIRST_YEAR) | (value > LAST_YEAR), span))
    return checks


def _text(text: pl.Series, spec: Spec, written: str) -> Parsed:
    return text, no_reasons(len(text))


def _integer(text: pl.Series, spec: Spec, written: str) -> Parsed:
    values, reasons = numbers.parse(text, written, spec.unit, 0)
    large = (values.abs() > 9 * 10**17).fill_null(False).arg_true()
    reasons = patched(reasons, large, pl.repeat("数字过大,请核对单位。", len(large), eager=True))
    return (values.clone().scatter(large, None) if len(large) else values).cast(pl.Int64), reasons


def _year(text: pl.Series, spec: Spec, written: str) -> Parsed:
    plain = text.str.contains(r"^[0-9]{4}$").fill_null(True)
    if not plain.all():
        odd = (~plain).arg_true()
        text = patched(text, odd, compact(text.gather(odd)).str.replace(r"^([0-9]{4})年度?$", "$1"))
    wrong = (~text.str.contains(r"^[0-9]{4}$")).fill_null(False).arg_true()
    reasons = no_reasons(len(text))
    reasons = patched(reasons, wrong, pl.repeat("年份应为四位数字,请按 2024 的样式填写。", len(wrong), eager=True))
    return (text.clone().scatter(wrong, None) if len(wrong) else text).cast(pl.Int64), reasons


_PARSERS: dict[Kind, Callable[[pl.Series, Spec, str], Parsed]] = {
    Kind.TEXT: _text,
    Kind.CODE: lambda text, spec, written: codes.parse(text),
    Kind.INTEGER: _integer,
    Kind.DECIMAL: lambda text, spec, written: numbers.parse(text, written, spec.unit, spec.decimals),
    Kind.PERCENT: lambda text, spec, written: numbers.parse(text, "%", "%", spec.decimals),
    Kind.DATE: lambda text, spec, written: dates.parse(text),
    Kind.YEAR: _year,
    Kind.CHOICE: lambda text, spec, written: words.choices(text, spec.choices),
    Kind.REFERENCE: lambda text, spec, written: words.references(text, spec.references, spec.heading),
    Kind.FLAG: lambda text, spec, written: words.flags(text),
}
