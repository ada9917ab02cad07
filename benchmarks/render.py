"""1,000 different notices, each as .docx and as PDF, issued by a job, against the bare renderers on ready input.

`python -m benchmarks.render --json`. ours: the job that issues a batch of 1,000 documents of the register, as the
worker runs it (benchmarks.render_job), on a database of its own: number, facts, checks, both files stored with their
hash, event in the log, progress. floor: the same typst compiler, warm, on ready JSON, and the same parts zipped from
ready XML, of the same documents; mean of a round before and one after the job. draft_s, send_s: the jobs before
(drafts; 送审 and 审核). engine: from the tree, without register, in turns with its floor, a block of 100 each; docx_ms
and pdf_ms are medians of one document. merged_s: 100 notices as one PDF for printing. check: number and county are
read back from every 50th file, numbers of the job are in order, its files match their hashes.
"""

import json
import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO

import django
import pypdf

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
FOLDER = tempfile.TemporaryDirectory()  # the job's own database and files, gone at the end
os.environ["DATA_DIR"] = FOLDER.name
django.setup()

from benchmarks import render_job  # noqa: E402  # after Django is set up
from spectown.core.officialdoc.blocks import Align, Heading, Paragraph, Table  # noqa: E402  # after Django is set up
from spectown.core.officialdoc.tree import Document, Head  # noqa: E402  # the same
from spectown.core.officialdoc.wording import numbered  # noqa: E402  # the same
from spectown.lib.officialdoc.docx.base import base  # noqa: E402  # the same
from spectown.lib.officialdoc.docx.package import package  # noqa: E402  # the same
from spectown.lib.officialdoc.docx.pictures import Pictures  # noqa: E402  # the same
from spectown.lib.officialdoc.docx.render import body_xml, render_docx  # noqa: E402  # the same
from spectown.lib.officialdoc.fonts import installed  # noqa: E402  # the same
from spectown.lib.officialdoc.payload import payload  # noqa: E402  # the same
from spectown.lib.officialdoc.pdf import compile_pdf, render_pdf  # noqa: E402  # the same
from tests.officialdoc_samples import COUNTIES, OFFICE, SENTENCE, notice  # noqa: E402  # the same

ROWS, BLOCK = 1000, 100


def document(number: int) -> Document:
    """A notice of its own: number, county, figures."""
    county = COUNTIES[number % len(COUNTIES)]
    rows = tuple((str(n), f"{county}第{n}项", f"{number * n}.50") for n in range(1, 6))
    table = Table((1, 4, 2), (("序号", "事项", "金额"),), rows, (Align.CENTER, Align.LEFT, Align.RIGHT))
    body = [
        Paragraph(SENTENCE),
        Heading(1, "有关事项"),
        Paragraph(SENTENCE * 2),
        table,
        Paragraph(f"请{county}抓紧办理。"),
    ]
    return replace(
        notice(),
        head=Head((OFFICE,), number=f"长专镇办〔2026〕{number + 1}号"),
        recipients=(f"{county}人民政府",),
        body=numbered(body),
        attachments=(),
    )


def timed(work: Callable[[int], object], numbers: range) -> list[float]:
    """Seconds of each piece of work."""
    taken = []
    for number in numbers:
        start = time.perf_counter()
        work(number)
        taken.append(time.perf_counter() - start)
    return taken


def contenders() -> dict[str, Callable[[int], object]]:
    """What is measured; input of the floor is made beforehand."""
    documents = [document(number) for number in range(ROWS)]
    fonts = installed()
    ready = [json.dumps(payload((one,), fonts), ensure_ascii=False) for one in documents]
    bodies = [body_xml(one, Pictures()) for one in documents]
    return {
        "docx": lambda n: render_docx(documents[n]),
        "pdf": lambda n: render_pdf(documents[n]),
        "floor_docx": lambda n: package(base(documents[n].format), bodies[n], documents[n], {}),
        "floor_pdf": lambda n: compile_pdf(ready[n], fonts, documents[n].day),
    }


def blocks() -> Iterator[range]:
    """The notices in blocks."""
    yield from (range(start, min(start + BLOCK, ROWS)) for start in range(0, ROWS, BLOCK))


def check() -> None:
    """Number and county stand in the files."""
    for number in range(0, ROWS, 50):
        wanted = (f"〔2026〕{number + 1}号", f"请{COUNTIES[number % len(COUNTIES)]}抓紧办理")
        text = "".join(
            page.extract_text() for page in pypdf.PdfReader(BytesIO(render_pdf(document(number)).data)).pages
        )
        word = body_xml(document(number), Pictures())
        if not all(part in text and part in word for part in wanted):
            raise SystemExit(f"notice {number}: {wanted} not in its files")


def measured() -> dict[str, list[float]]:
    """Seconds of each document, by contender."""
    work = contenders()
    for one in work.values():
        timed(one, range(2))  # warm
    taken: dict[str, list[float]] = {name: [] for name in work}
    for numbers in blocks():
        for name, one in work.items():
            taken[name] += timed(one, numbers)
    return taken


def merged() -> float:
    """Seconds of one block of notices as one PDF."""
    start = time.perf_counter()
    render_pdf(*(document(number) for number in range(BLOCK)))
    return time.perf_counter() - start


def as_a_job() -> dict[str, float]:
    """Seconds of the job that issues, of the jobs before it, and of the bare renderers on the same documents."""
    batch, leader, drafting, sending = render_job.prepare(ROWS)
    before = bare(render_job.trees(batch))
    ours = render_job.run(leader, "documents.batch_move", batch=batch.pk, code="sign")
    render_job.check(batch, ROWS)
    floor = (before + bare(render_job.trees(batch))) / 2
    return {
        "ours_s": round(ours, 2),
        "floor_s": round(floor, 2),
        "over_floor": round(ours / floor, 2),
        "draft_s": round(drafting, 2),
        "send_s": round(sending, 2),
    }


def bare(documents: list[Document]) -> float:
    """Seconds of the bare renderers on ready input."""
    fonts, taken = installed(), 0.0
    for one in documents:
        ready, body = json.dumps(payload((one,), fonts), ensure_ascii=False), body_xml(one, Pictures())
        start = time.perf_counter()
        package(base(one.format), body, one, {})
        compile_pdf(ready, fonts, one.day)
        taken += time.perf_counter() - start
    return taken


def main() -> None:
    """The last line is the result."""
    taken = measured()
    ours, floor = (sum(taken[f"{prefix}docx"]) + sum(taken[f"{prefix}pdf"]) for prefix in ("", "floor_"))
    result = as_a_job() | {
        "engine_s": round(ours, 2),
        "engine_over_floor": round(ours / floor, 2),
        "docx_ms": round(statistics.median(taken["docx"]) * 1000, 1),
        "pdf_ms": round(statistics.median(taken["pdf"]) * 1000, 1),
        "merged_s": round(merged(), 2),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "rows": ROWS,
    }
    check()
    sys.stdout.write(json.dumps(result, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
