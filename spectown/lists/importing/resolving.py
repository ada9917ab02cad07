"""Texts that name rows of other tables become their numbers; what names none or several is a fault."""

from __future__ import annotations

from collections.abc import Collection

import polars as pl
from rapidfuzz import fuzz, process

from spectown.lists.declaration import BoundColumn, Ledger
from spectown.lists.importing import faults
from spectown.lists.importing.faults import ROW
from spectown.lists.importing.keeping import present_names
from spectown.lists.kinds import Kind
from spectown.lists.references import Found, Reference, reference_of

NEAR, SHOWN = 60, 3


def resolve(ledger: Ledger, frame: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The frame with numbers instead of texts in its references, and the faults."""
    found = []
    for bound in ledger.bound:
        if bound.kind == Kind.REFERENCE and bound.name in frame.columns and frame.schema[bound.name] == pl.String:
            frame, wrong = _resolve(ledger, bound, frame)
            found.append(wrong)
    return frame, faults.together(found)


def _resolve(ledger: Ledger, bound: BoundColumn, frame: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    model = bound.field.related_model
    reference = reference_of(model)  # type: ignore[arg-type]  # a foreign key always has a model
    texts: list[str] = frame[bound.name].drop_nulls().unique(maintain_order=True).to_list()
    rows = reference.find(texts)
    single = {text: rows[text][0] for text in texts if len(rows.get(text, ())) == 1}
    wrong = _reasons(bound, reference, rows, [text for text in texts if text not in single])
    table = pl.DataFrame(
        {
            "text": [*single, *wrong],
            "pk": [*single.values(), *[None] * len(wrong)],
            "reason": [None] * len(single) + [*wrong.values()],
        },
        schema={"text": pl.String, "pk": pl.Int64, "reason": pl.String},
    )
    joined = frame.join(table, left_on=bound.name, right_on="text", how="left", maintain_order="left")
    if wrong:
        joined = _kept(ledger, bound, joined)
    reasons = faults.at(joined.filter(pl.col("reason").is_not_null()), bound.name, pl.col("reason"), pl.col(bound.name))
    return frame.with_columns(joined["pk"].alias(bound.name)), reasons


def _kept(ledger: Ledger, bound: BoundColumn, joined: pl.DataFrame) -> pl.DataFrame:
    """Faulty rows whose text is what their present reference is called keep that reference."""
    faulty = joined.filter(pl.col("reason").is_not_null())
    now = faulty.select(ROW, present_names(ledger, bound, faulty).alias("now"))
    joined = joined.join(now, on=ROW, how="left", maintain_order="left")
    reason = pl.when(pl.col("now").is_null()).then("reason")
    return joined.with_columns(pl.coalesce("pk", "now").alias("pk"), reason=reason)


def _reasons(bound: BoundColumn, reference: Reference, rows: Found, texts: Collection[str]) -> dict[str, str]:
    if not texts:
        return {}
    options = reference.options() if reference.options else []
    return {text: _ambiguous(rows, text) or _unknown(bound, options, text) for text in texts}


def _ambiguous(rows: Found, text: str) -> str:
    number = len(rows.get(text, ()))
    return f"“{text}”对应 {number} 个对象,分不清是哪一个,请填写全称。" if number else ""


def _unknown(bound: BoundColumn, options: list[str], text: str) -> str:
    near = process.extract(text, options, scorer=fuzz.ratio, limit=SHOWN, score_cutoff=NEAR)
    tip = f"是不是“{'”“'.join(name for name, _, _ in near)}”?" if near else "请从下拉列表中选择。"
    return f"没有名为“{text}”的{bound.label}。{tip}"
