"""Export of a ledger of 100,000 × 20 against the common writers and the fastest writer alone.

`python -m benchmarks.export_ledger --json`. All contenders get the same rows, already in a polars frame, and run in
turns, each in a process of its own; figures are medians of the writing alone. ours: title, meta line, headings with
units and notes, drop-downs, borders and number formats, totals, escaped text, streamed to a file. peer: the faster of
xlsxwriter (constant_memory) and openpyxl (write-only) with title, headings, number formats, escaping and totals, but
without notes, drop-downs and borders. floor: rustpy-xlsxwriter from the frame, values and headings alone.
"""

import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Any

import polars as pl

from spectown.lib.excel.bulk import BulkColumn, BulkSheet, write_workbook
from spectown.lib.excel.escape import safe_text

ROWS, BLOCK = 100_000, 20_000
ROUNDS = {"ours": 5, "floor": 5, "xlsxwriter": 3, "openpyxl": 3}
TITLE, META = "长治市专业镇企业清单", ("填报单位:长治市工信局", "填报人:", "审核人:", "日期:2026-06-30", "单位:万元")
TOWNS = tuple(f"{place}专业镇" for place in "上党潞州屯留壶关平顺黎城武乡沁源襄垣长子")
CHAIN = ("龙头", "上游", "下游", "配套", "家庭农场", "合作社")
AMOUNTS = ("产值", "营业收入", "税收", "出口额", "研发费用")


def columns() -> tuple[BulkColumn, ...]:
    """Twenty columns as an enterprise ledger has them."""
    return (
        BulkColumn("code", "统一社会信用代码", "code", width=22, locked=True, hint="18 位,不能修改。"),
        BulkColumn("name", "企业名称", width=30, required=True, hint="营业执照上的全称。"),
        BulkColumn("town", "专业镇", "reference", options=TOWNS),
        BulkColumn("role", "产业链环节", "choice", options=CHAIN),
        BulkColumn("address", "地址", width=36),
        BulkColumn("contact", "联系人", width=10),
        BulkColumn("phone", "联系电话"),
        BulkColumn("product", "主要产品", width=24),
        BulkColumn("founded", "成立日期", "date"),
        BulkColumn("since", "规上日期", "date"),
        BulkColumn("above", "规上企业", "flag", width=8),
        BulkColumn("staff", "从业人员(人)", "integer", total=True, minimum=0),
        BulkColumn("women", "女性从业人员(人)", "integer", total=True, minimum=0),
        BulkColumn("year", "数据年份", "year", width=8),
        *(BulkColumn(f"amount{n}", f"{what}(万元)", "decimal", total=True) for n, what in enumerate(AMOUNTS)),
        BulkColumn("remark", "备注", width=30),
    )


def sheet() -> BulkSheet:
    """The sheet that is written."""
    guide = (("项目", "说明"), ("企业名称", "营业执照上的全称"))
    return BulkSheet("企业清单", TITLE, columns(), META, guide, {"ledger": "enterprises"}, totals=True, frozen=2)


def feed(rows: int = ROWS) -> Iterator[pl.DataFrame]:
    """Deterministic rows in blocks; the place where a database feed comes in."""
    for start in range(0, rows, BLOCK):
        yield block(start, min(BLOCK, rows - start))


def block(start: int, count: int) -> pl.DataFrame:
    """Rows from `start`; every 97th text could be taken for a formula, every 13th carries an ampersand."""
    n = pl.int_range(start, start + count, dtype=pl.Int64)
    day = pl.lit(date(1990, 1, 1))
    amounts = [
        pl.when((n + k) % 11 != 0).then((n * (7919 + k)) % 9_000_000 / 100).cast(pl.Decimal(14, 2)).alias(f"amount{k}")
        for k in range(len(AMOUNTS))
    ]
    return pl.select(
        pl.format("91140400MA0{}X", n.cast(pl.String).str.zfill(6)).alias("code"),
        pl.format("长治市第{}{}有限公司", n, pl.when(n % 13 == 0).then(pl.lit("&联营")).otherwise(pl.lit(""))).alias(
            "name"
        ),
        pl.lit(pl.Series(TOWNS)).gather(n % len(TOWNS)).alias("town"),
        pl.lit(pl.Series(CHAIN)).gather(n % len(CHAIN)).alias("role"),
        pl.format("山西省长治市潞州区太行东街{}号", n % 900).alias("address"),
        pl.format("张{}", n % 700).alias("contact"),
        pl.format("0355-{}", 2_000_000 + n % 900_000).alias("phone"),
        pl.format("产品{}、配件{}", n % 37, n % 11).alias("product"),
        (day + pl.duration(days=n % 12_000)).alias("founded"),
        pl.when(n % 3 == 0).then(day + pl.duration(days=n % 12_600)).alias("since"),
        (n % 4 == 0).alias("above"),
        (n * 31 % 2_000).alias("staff"),
        (n * 17 % 900).alias("women"),
        (2023 + n % 3).alias("year"),
        *amounts,
        pl.when(n % 97 == 0).then(pl.lit("=1+1")).when(n % 2 == 0).then(pl.format("备注{}", n)).alias("remark"),
    )


def ours(frame: pl.DataFrame, path: Path) -> None:
    """The product's writer."""
    with path.open("wb") as target:
        write_workbook(sheet(), frame.iter_slices(BLOCK), target)


def floor(frame: pl.DataFrame, path: Path) -> None:
    """The fastest library writer with nothing around the values."""
    import_module("rustpy_xlsxwriter").write_worksheet(frame, str(path), sheet_name="企业清单")


def plain_rows(frame: pl.DataFrame) -> Iterator[list[Any]]:
    """Rows for the peers: escaped, flags in words."""
    words = {True: "是", False: "否"}
    for row in frame.iter_rows():
        yield [safe_text(v) if isinstance(v, str) else words[v] if isinstance(v, bool) else v for v in row]


def totals(frame: pl.DataFrame) -> list[Any]:
    """The last row for the peers."""
    return [frame[c.field].sum() if c.total else ("合计" if n == 0 else None) for n, c in enumerate(columns())]


def xlsxwriter(frame: pl.DataFrame, path: Path) -> None:
    """Peer, cell by cell with the type's own method."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with import_module("xlsxwriter").Workbook(str(path), options) as book:
        page = book.add_worksheet("企业清单")
        day, money = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"num_format": "#,##0.00"})
        page.write_string(0, 0, TITLE)
        page.write_string(1, 0, "  ".join(META))
        page.write_row(2, 0, [c.heading for c in columns()])
        for number, row in enumerate([*plain_rows(frame), totals(frame)], start=3):
            for column, value in enumerate(row):
                if isinstance(value, str):
                    page.write_string(number, column, value)
                elif isinstance(value, date):
                    page.write_datetime(number, column, value, day)
                elif value is not None:
                    page.write_number(number, column, value, money if isinstance(value, Decimal) else None)


def openpyxl(frame: pl.DataFrame, path: Path) -> None:
    """Peer, row by row; openpyxl formats dates by itself."""
    book = import_module("openpyxl").Workbook(write_only=True)
    page = book.create_sheet("企业清单")
    for row in ([TITLE], ["  ".join(META)], [c.heading for c in columns()]):
        page.append(row)
    for values in plain_rows(frame):
        page.append(values)
    page.append(totals(frame))
    book.save(str(path))


CONTENDERS: dict[str, Callable[[pl.DataFrame, Path], None]] = {
    "ours": ours, "floor": floor, "xlsxwriter": xlsxwriter, "openpyxl": openpyxl,
}  # fmt: skip


def once(name: str) -> dict[str, float]:
    """One run in this process: seconds of writing, megabytes at most, size of the file."""
    frame = pl.concat(feed()).rechunk()
    with tempfile.TemporaryDirectory(prefix="spectown-bench-") as folder:
        path = Path(folder) / "ledger.xlsx"
        start = time.perf_counter()
        CONTENDERS[name](frame, path)
        taken = time.perf_counter() - start
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        check(path)
        size = path.stat().st_size / 1e6
    return {"s": taken, "mb": most, "file_mb": size}


def check(path: Path) -> None:
    """The file holds all rows."""
    pages = import_module("fastexcel").read_excel(str(path))
    height = pages.load_sheet(0, header_row=None, use_columns=[0], dtypes="string").to_polars().height
    if height < ROWS:
        raise SystemExit(f"{path}: {height} rows")


def measured(name: str) -> dict[str, float]:
    """One run in its own process."""
    command = [sys.executable, "-m", "benchmarks.export_ledger", "--once", name]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    result: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return result


def main() -> None:
    """All contenders in turns; the last line is the result."""
    if "--once" in sys.argv:
        sys.stdout.write(json.dumps(once(sys.argv[sys.argv.index("--once") + 1])) + "\n")
        return
    runs: dict[str, list[dict[str, float]]] = {name: [] for name in ROUNDS}
    for turn in range(max(ROUNDS.values())):
        for name in [n for n, rounds in ROUNDS.items() if turn < rounds]:
            runs[name].append(measured(name))
    seconds = {name: statistics.median(run["s"] for run in done) for name, done in runs.items()}
    peer = min("xlsxwriter", "openpyxl", key=lambda name: seconds[name])
    result = {
        "ours_s": round(seconds["ours"], 3),
        "floor_s": round(seconds["floor"], 3),
        "over_floor": round(seconds["ours"] / seconds["floor"], 2),
        "peer": peer,
        "peer_s": round(seconds[peer], 2),
        "peer_over_ours": round(seconds[peer] / seconds["ours"], 1),
        "all_s": {name: round(value, 2) for name, value in seconds.items()},
        "peak_mb": round(max(run["mb"] for run in runs["ours"])),
        "file_mb": round(runs["ours"][0]["file_mb"], 1),
        "rows": ROWS,
    }
    sys.stdout.write(json.dumps(result, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
