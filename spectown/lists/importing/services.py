"""An upload's way: upload, check, apply or cancel. Only the uploader moves it; the jobs run the same code."""

from __future__ import annotations

import hashlib
from pathlib import PurePath

import polars as pl
from django.db import IntegrityError, transaction
from django.utils import timezone

from spectown.accounts.permissions import Permission
from spectown.audit.history import position
from spectown.audit.services import By, record
from spectown.jobs.enums import FINISHED, State
from spectown.jobs.models import Job
from spectown.jobs.services import enqueue
from spectown.lib.excel.faults import WorkbookRefusedError
from spectown.lib.refusal import Refused
from spectown.lists import scope
from spectown.lists.declaration import Ledger
from spectown.lists.enums import RunState
from spectown.lists.importing import applying, marking, reach, states, stores
from spectown.lists.importing.checking import Pulse, Silent, examine
from spectown.lists.importing.comparing import CHANGED, NEW, STATUS
from spectown.lists.importing.preview import PLACE
from spectown.lists.importing.settling import OLD
from spectown.lists.models import ImportRun
from spectown.lists.registry import ledger_of
from spectown.organisations.actors import Actor, NotAllowed

CHECK, APPLY = "lists.check_import", "lists.apply_import"
INLINE_BYTES, INLINE_ROWS = 500_000, 2_000
QUIET = Silent()
PACE = 10_000  # rows a second, written with their log on a slow machine


def ledger_of_run(run: ImportRun) -> Ledger:
    """The list of a run. Raises Refused where it no longer exists."""
    ledger = ledger_of(run.ledger)
    if ledger is None:
        raise Refused("这份清单已不存在,不能导入。")
    return ledger


@transaction.atomic
def upload(*, ledger: Ledger, data: bytes, file_name: str, by: Actor) -> ImportRun:
    """Keep a file. The same file of the same person that is still open is that run. Raises NotAllowed, Refused."""
    require_may_import(ledger, by)
    digest = hashlib.sha256(data).hexdigest()
    mine = ImportRun.objects.filter(uploaded_by=by.person, ledger=ledger.slug, digest=digest, state__in=states.OPEN)
    run = mine.first()
    if run is not None:
        return run
    run = ImportRun(
        ledger=ledger.slug,
        file_name=PurePath(file_name.replace("\\", "/")).name[-200:],
        digest=digest,
        unit_name=by.unit_name[:100],
        membership_id=by.membership_id,
        uploaded_by_id=by.person,
    )
    stores.keep(run, "upload", data, stores.ending(file_name))
    run.save()
    record(by=by, action="import.upload", obj=run, after={"ledger": run.ledger, "file_digest": digest})
    return run


def start_check(*, run: ImportRun, by: Actor, result_url: str = "") -> Job:
    """Check a run now (small files) or as a job; one that was checked already is checked again."""
    with transaction.atomic():
        run = _locked(run)
        if run.state != RunState.CHECKING:
            states.move(run, "recheck", by)
        run.save()
    return _run(
        CHECK, run, by, result_url, inline=run.upload.size <= INLINE_BYTES, title=f"检查导入文件 {run.file_name}"
    )


def check(*, run: ImportRun, by: Actor, pulse: Pulse = QUIET, said: str = "") -> ImportRun:
    """Read and compare the file; afterwards the run is refused, faulty or ready. `said`: why it is done again."""
    ledger = ledger_of_run(run)
    run.refresh_from_db()
    if run.state != RunState.CHECKING:
        return run
    run.compared_at_seq = position()
    try:
        require_may_import(ledger, by)
        code = _outcome(run, fine=examine(ledger, run, by, pulse))
        run.message = said
    except WorkbookRefusedError as error:
        code, run.message = "refuse", str(error)[:500]
    states.move(run, code, by)
    run.checked_at = timezone.now()
    run.finished_at = run.checked_at if run.state in states.ENDED else None
    run.save()
    return run


def _outcome(run: ImportRun, *, fine: bool) -> str:
    """What a checked run comes to: faults, something to confirm, or nothing that differs from the list."""
    return "fault" if not fine else "ready" if run.counts[NEW] + run.counts[CHANGED] else "same"


def apply_refusals(run: ImportRun, by: Actor) -> list[str]:
    """Why this person cannot apply the run now; empty = they can."""
    reasons = states.refusals(run, "apply", by)
    if run.state == RunState.READY and run.expired(timezone.now()):
        reasons.append("预览已超过 24 小时,清单可能已有变动,请先重新核对。")
    ledger = ledger_of_run(run)
    if not scope.may_change(ledger, by):
        reasons.append(f"您不能维护{ledger.title}。")
    return reasons


def apply(*, run: ImportRun, by: Actor, result_url: str = "") -> Job:
    """Import all rows of a checked run or none, now or as a job. Raises Refused with all reasons."""
    with transaction.atomic():
        run = _locked(run)
        reasons = apply_refusals(run, by)
        if reasons:
            raise Refused("".join(reasons))
        states.move(run, "apply", by)
        run.save()
    rows = run.counts[NEW] + run.counts[CHANGED]
    return _run(APPLY, run, by, result_url, inline=rows <= INLINE_ROWS, title=f"导入 {run.file_name}")


def perform(*, run: ImportRun, by: Actor, pulse: Pulse = QUIET) -> ImportRun:
    """Write what was previewed, in one transaction; where the list has moved on, write nothing and check again."""
    pulse.announce(0, None, _expected(run))
    try:
        return _perform(run, by, pulse)
    except applying.Outdated as outdated:
        said = str(outdated)
    except IntegrityError as error:
        said = (
            f"清单在预览之后有变动,与数据库的约束冲突({_constraint(error)}),没有导入任何内容。已重新核对,请再看一遍。"
        )
    with transaction.atomic():
        again = _locked(run)
        states.move(again, "recheck", by)
        again.save()
    return check(run=again, by=by, pulse=pulse, said=said[:500])


@transaction.atomic
def _perform(run: ImportRun, by: Actor, pulse: Pulse) -> ImportRun:
    run = _locked(run)
    if run.state != RunState.APPLYING:
        return run
    ledger = ledger_of_run(run)
    require_may_import(ledger, by)
    rows = _staged(run)
    _require_reach(ledger, rows, by)
    told = {"run": run.pk, "file": run.file_name, "file_digest": run.digest}
    source = applying.Source(told, run.compared_at_seq, action="list.import")
    event = applying.write(ledger, rows, source, by)
    pulse.progress(0, None, "已写完,正在提交")
    pulse.raise_if_cancelled()  # the last moment: all is rolled back
    states.move(run, "finish", by)
    run.message, run.finished_at = "", event.at
    run.counts = run.counts | {"event": event.seq}
    run.save()
    return run


def _expected(run: ImportRun) -> str:
    """What is being done for how long: within one transaction there is no progress that others could see."""
    rows = run.counts.get(NEW, 0) + run.counts.get(CHANGED, 0)
    return f"正在写入 {rows:,} 行,预计约 {rows // PACE + 1} 秒,写入期间进度不更新;要么全部写入,要么一行不写"


def marked(*, run: ImportRun, by: Actor) -> tuple[bytes, str]:
    """The marked copy of a checked run and its file name. Raises Refused where there is none."""
    if by.user_id != run.uploaded_by_id:
        raise Refused("只有上传人自己可以下载标注副本。")
    if not run.fault_table or not run.upload:
        raise Refused("这次导入没有标注副本:文件没有读懂,或已过保存期。")
    return marking.marked_copy(ledger_of_run(run), run, by)


@transaction.atomic
def cancel(*, run: ImportRun, by: Actor) -> ImportRun:
    """Give an upload up. One that is being imported is stopped through its job. Raises Refused."""
    run = _locked(run)
    stuck = run.state == RunState.APPLYING and not _working(run)
    states.move(run, "stop" if stuck else "cancel", by)
    return _ended(run, by)


@transaction.atomic
def stopped(*, run: ImportRun, by: Actor) -> ImportRun:
    """The job of a run was cancelled: so is the run."""
    run = _locked(run)
    if run.state not in (RunState.CHECKING, RunState.APPLYING):
        return run
    states.move(run, "stop" if run.state == RunState.APPLYING else "cancel", by)
    return _ended(run, by)


@transaction.atomic
def failed(*, run: ImportRun, by: By, message: str) -> ImportRun:
    """The job of a run gave up: nothing was imported."""
    run = _locked(run)
    if run.state in (RunState.CHECKING, RunState.APPLYING):
        run.state = states.WORKFLOW.move("fail").target
        run.message, run.finished_at = message[:500], timezone.now()
        run.save()
        record(by=by, action="import.cancel", obj=run, reason=run.message)
    return run


def require_may_import(ledger: Ledger, by: Actor) -> None:
    """Raise NotAllowed where the person does not maintain the list."""
    by.require(Permission.LIST_CHANGE)
    if not scope.may_change(ledger, by):
        raise NotAllowed(f"您不能维护{ledger.title}。")


def _ended(run: ImportRun, by: Actor) -> ImportRun:
    run.finished_at = timezone.now()
    run.save()
    record(by=by, action="import.cancel", obj=run)
    return run


def _staged(run: ImportRun) -> applying.Rows:
    """What is to be written; each part is read alone, since the whole would take twice the memory."""
    table = stores.scan(run, "staged")
    return applying.Rows(
        changed=table.filter(pl.col(STATUS) == CHANGED).collect(),
        new=table.filter(pl.col(STATUS) == NEW).select(pl.exclude(f"^{OLD}.*$")).collect(),
        places=table.select(PLACE).collect().to_series(),
    )


def _require_reach(ledger: Ledger, rows: applying.Rows, by: Actor) -> None:
    before = (f"{OLD}territory", f"{OLD}town")
    kept = (reach.outside(ledger, by, rows.changed, before), reach.outside(ledger, by, rows.changed))
    if any(found.any() for found in (*kept, reach.outside(ledger, by, rows.new))):
        raise NotAllowed("表中有不属于您维护范围的行,没有导入任何内容。")


def _locked(run: ImportRun) -> ImportRun:
    return ImportRun.objects.select_for_update(of=("self",)).get(pk=run.pk)


def _working(run: ImportRun) -> bool:
    job = Job.objects.filter(pk=run.job_id).first() if run.job_id else None
    return job is not None and job.state not in FINISHED


def _constraint(error: IntegrityError) -> str:
    diagnostic = getattr(error.__cause__, "diag", None)
    return str(getattr(diagnostic, "constraint_name", None) or error)[:100]


@transaction.atomic
def _queue(kind: str, run: ImportRun, by: Actor, result_url: str, title: str) -> Job:
    job = enqueue(kind=kind, args={"run": run.pk}, by=by, title=title, result_url=result_url)
    run.job_id = job.pk
    run.save(update_fields=["job_id"])
    return job


def _run(kind: str, run: ImportRun, by: Actor, result_url: str, *, inline: bool, title: str) -> Job:
    if not inline:
        return _queue(kind, run, by, result_url, title)
    job = enqueue(kind=kind, args={"run": run.pk}, by=by, title=title, result_url=result_url, inline=True)
    if job.state == State.FAILED:  # whatever broke it took its own note of that along
        failed(run=run, by=by, message=job.error)
    return job
