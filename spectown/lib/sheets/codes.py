"""统一社会信用代码 (GB 32100-2015), a whole column at once; tested equal to stdnum.cn.uscc."""

import numpy as np
import polars as pl

from spectown.lib.sheets.cleaning import compact
from spectown.lib.sheets.columns import no_reasons, patched
from spectown.lib.sheets.numbers import SCIENCE

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_LENGTH, _DIGITS = 18, 8
_WEIGHTS = np.array([*(pow(3, place, 31) for place in range(_LENGTH - 1)), 1], dtype=np.int16)
_VALUES = np.full(256, -1, dtype=np.int16)
_VALUES[np.frombuffer(ALPHABET.encode(), dtype=np.uint8)] = np.arange(len(ALPHABET))
LOST = "Excel 已把代码变成数字,末几位已丢失,请把该列设为文本后重新填写。"
_WRONG_LENGTH = "统一社会信用代码应为 18 位,请核对。"
_LETTERS = "代码含有字母 I、O、S、V、Z,统一社会信用代码不使用这些字母,请核对是否为 1、0、5、U、2。"
_CHARACTERS = "统一社会信用代码只含数字和大写字母,前 8 位为数字,请核对。"
_CHECK_DIGIT = "统一社会信用代码校验位不符,有一位或几位填错,请对照营业执照核对。"


def is_valid(codes: pl.Series) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Whether each text is a valid code, letters upper-cased already; null is not."""
    right_length = ((codes.str.len_bytes() == _LENGTH) & (codes.str.len_chars() == _LENGTH)).fill_null(False)
    valid = right_length.to_numpy().copy()
    kept = codes.filter(right_length)
    if len(kept):
        bytes_ = np.frombuffer("".join(kept.to_list()).encode(), dtype=np.uint8).reshape(-1, _LENGTH)
        values = _VALUES[bytes_]
        known = (values >= 0).all(axis=1) & (values[:, :_DIGITS] < 10).all(axis=1)
        valid[valid] = known & ((values * _WEIGHTS).sum(axis=1, dtype=np.int32) % 31 == 0)
    return valid


def parse(text: pl.Series) -> tuple[pl.Series, pl.Series]:
    """Return codes in upper case and reasons."""
    odd = text.str.contains(r"[^0-9A-Z]").fill_null(False).arg_true()
    codes = patched(text, odd, compact(text.gather(odd)).str.to_uppercase()) if len(odd) else text
    wrong = (pl.Series(~is_valid(codes)) & codes.is_not_null()).arg_true()
    if not len(wrong):
        return codes, no_reasons(len(codes))
    reasons = codes.gather(wrong).to_frame("t").select(_reason()).to_series()
    return codes.clone().scatter(wrong, None), patched(no_reasons(len(codes)), wrong, reasons)


def _reason() -> pl.Expr:
    t = pl.col("t")
    return (
        pl.when(t.str.contains(SCIENCE)).then(pl.lit(LOST))
        .when(t.str.len_chars() != _LENGTH).then(pl.lit(_WRONG_LENGTH))
        .when(t.str.contains("[IOSVZ]")).then(pl.lit(_LETTERS))
        .when(~t.str.contains(rf"^[0-9]{{{_DIGITS}}}[{ALPHABET}]+$")).then(pl.lit(_CHARACTERS))
        .otherwise(pl.lit(_CHECK_DIGIT))
    )  # fmt: skip
