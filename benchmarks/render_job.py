"""1,000 notices as people get them: drafted for the rows of a list, sent on, issued by a job, on a database of its own.

Used by `benchmarks.render`. Every notice is a document of the register: number, both files stored with hash, receiver,
event in the chained log, progress seen by who waits.
"""

import os
import time
from importlib import import_module
from pathlib import Path
from typing import Any

PATTERN: dict[str, Any] = {
    "heading": "关于报送{{项目名称}}建设进展情况的通知",
    "text": "{{项目名称}}列入专业镇重点项目,总投资{{总投资}}。"
    + "请抓紧落实建设条件,协调解决存在问题,按期完成年度计划投资。" * 12
    + "\n请{{属地}}于每月5日前报送上月进展。",
    "list_title": "{{项目名称}}进展情况表",
    "columns": ["序号", "事项", "计划", "实际"],
    "lines": [[str(n), f"{{{{项目名称}}}}第{n}项", f"{n}月", "未报"] for n in range(1, 6)],
}  # fmt: skip


def prepare(rows: int) -> Any:
    """A signed-ready batch; (batch, leader, seconds of drafting, of sending on and checking)."""
    factories, services = import_module("tests.factories"), import_module("spectown.documents.services")
    batching = import_module("spectown.documents.services.batching")
    targets = import_module("spectown.web.documents.sources.targets")
    projects = import_module("spectown.projects.lists").PROJECTS
    roles = import_module("spectown.accounts.permissions").Role
    call = import_module("django.core.management").call_command
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        call("migrate", verbosity=0, stdout=nowhere)
        call("load_plan", "plans/changzhi-2023", "--json", stdout=nowhere)
    numbers = made_projects(rows)
    unit = import_module("spectown.organisations.models").Unit.objects.get(kind="office")
    drafter, checker = (factories.actor(roles.OFFICE, unit=unit) for _ in range(2))
    pattern = services.draft(kind="list_notice", facts=PATTERN, by=drafter)
    way = import_module("spectown.documents.enums").Addressing.TERRITORY
    wanted = batching.Targets(numbers, targets.names_of(projects), "projects", way)
    batch = batching.begin_batch(pattern=pattern, targets=wanted, by=drafter)
    drafting = run(drafter, "documents.batch_draft", batch=batch.pk)
    sending = run(drafter, "documents.batch_move", batch=batch.pk, code="submit")
    sending += run(checker, "documents.batch_move", batch=batch.pk, code="check")
    return batch, factories.actor(roles.LEADER), drafting, sending


def made_projects(rows: int) -> list[int]:
    """Projects in all counties."""
    model = import_module("spectown.projects.models").Project
    places = list(import_module("spectown.organisations.models").Territory.objects.all())
    made = [
        model(name=f"第{n}号建设项目", category="flagship", territory=places[n % len(places)], investment=1000 + n)
        for n in range(rows)
    ]
    model.objects.bulk_create(made)
    return list(model.objects.order_by("pk").values_list("pk", flat=True))


def run(actor: Any, kind: str, **args: Any) -> float:
    """Seconds of a job as the worker runs it, with its pulse; it must have done its work."""
    services, running = import_module("spectown.jobs.services"), import_module("spectown.jobs.running")
    job = services.enqueue(kind=kind, args=args, by=actor)
    claimed = running.claim(job.pk)
    start = time.perf_counter()
    running.execute(claimed, pulse=True)
    taken = time.perf_counter() - start
    job.refresh_from_db()
    if job.state != "done" or job.result.get("refused"):
        raise SystemExit(f"{kind}: {job.state} {job.error} {job.result}")
    return taken


def trees(batch: Any) -> list[Any]:
    """The documents as trees."""
    facts = import_module("spectown.documents.facts")
    rows = batch.documents.select_related("version").prefetch_related("receipts__unit__names")
    today = import_module("django.utils.timezone").localdate()
    return [facts.tree_of(row, row.dated or today, row.number) for row in rows.order_by("batch_place")]


def check(batch: Any, rows: int) -> None:
    """Numbers without gaps, two files each, their hashes right."""
    verified = import_module("spectown.documents.services").verified
    serials = list(batch.documents.order_by("batch_place").values_list("serial", flat=True))
    if serials != list(range(1, rows + 1)):
        raise SystemExit("numbers are not in order")
    for document in batch.documents.filter(batch_place__in=range(1, rows, 50)):
        if sorted(file.form for file in document.files.all() if verified(file)) != ["docx", "pdf"]:
            raise SystemExit(f"{document}: files missing")
