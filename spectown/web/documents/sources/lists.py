"""The chosen rows of a list as the annex of a notice."""

from __future__ import annotations

from typing import Any

from spectown.lib.refusal import Refused
from spectown.lists.choosing import Choice
from spectown.web.lists.words import labels_of, words

MOST = 300  # rows of an annex; more belong in a workbook
WIDE = 6  # from so many columns on the annex lies across


def list_facts(choice: Choice) -> dict[str, Any]:
    """Heading, text and annex of a notice with the rows and columns that the list page shows. Refused: too many."""
    ledger, columns = choice.ledger, choice.columns
    if choice.problems:
        raise Refused("".join(choice.problems))
    rows = choice.queryset.order_by(*ledger.order, "pk").values(*(bound.name for bound in columns))
    found = list(rows[: MOST + 1])
    if not found:
        raise Refused(f"所选的{ledger.label}没有一行,没有起草。请改变筛选条件。")
    if len(found) > MOST:
        raise Refused(f"附件最多 {MOST} 行,所选多于此数。请用筛选缩小范围,或导出 Excel 作为附件。")
    labels = labels_of(columns, found)
    cells = [[words(bound, row[bound.name], labels) or "未填" for bound in columns] for row in found]
    return {
        "heading": f"关于印发{ledger.title}的通知",
        "text": f"现将{ledger.title}({len(found)}{ledger.counter})印发给你们,请对照落实。",
        "list_title": ledger.title,
        "columns": ["序号", *(bound.heading for bound in columns)],
        "lines": [[str(number), *row] for number, row in enumerate(cells, start=1)],
        "wide": len(columns) >= WIDE,
    }
