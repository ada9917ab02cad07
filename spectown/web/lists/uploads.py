"""Uploaded workbooks of a list: who sees which, what the page of one shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Q
from django.http import Http404

from spectown.accounts.permissions import Role
from spectown.jobs.models import Job
from spectown.lists.declaration import Ledger
from spectown.lists.enums import RunState
from spectown.lists.importing import states
from spectown.lists.importing.preview import faults_page, preview_page
from spectown.lists.models import ImportRun
from spectown.organisations.actors import Actor
from spectown.web.lists.found import row_url

ENDINGS = (".xlsx", ".xls", ".csv")
TONES = {
    RunState.READY: "blue",
    RunState.DONE: "green",
    RunState.SAME: "green",
    RunState.FAULTY: "yellow",
    RunState.REFUSED: "red",
    RunState.FAILED: "red",
}
TABS = (("faults", "问题"), ("conflict", "已被他人修改"), ("changed", "修改"), ("new", "新增"))
COUNTS = (
    ("new", "新增"),
    ("changed", "修改"),
    ("unchanged", "不变"),
    ("faulty", "有问题"),
    ("conflict", "已被他人修改"),
)


class UploadForm(forms.Form):
    """A filled workbook."""

    file = forms.FileField(
        label="填好的表格",
        help_text="本系统下载的模板或导出的表最好;列名相同的 .xlsx、.xls、.csv 也可以。",
        error_messages={"required": "请先选择文件。", "empty": "文件是空的。"},
        widget=forms.FileInput(attrs={"accept": ",".join(ENDINGS)}),
    )

    def clean_file(self) -> Any:
        """Not too large and of a kind that is read."""
        file = self.cleaned_data["file"]
        most = settings.UPLOAD_MAX_BYTES
        if file.size > most:
            raise forms.ValidationError(f"文件超过 {most // 1024 // 1024} MB。请删去图片和多余的表,或分几次上传。")
        if not file.name.lower().endswith(ENDINGS):
            raise forms.ValidationError("只能上传 .xlsx、.xls 或 .csv 文件。请在表格软件中“另存为”其中一种。")
        return file


@dataclass(frozen=True, slots=True)
class Preview:
    """The open tab of a run: faults, or rows with their cells; `after` asks for more."""

    kind: str
    rows: list[dict[str, Any]]
    after: int | None


def visible_runs(ledger: Ledger, actor: Actor) -> Any:
    """The own uploads; the office reads those of all."""
    within = Q() if actor.role == Role.OFFICE else Q(uploaded_by=actor.user_id)
    return ImportRun.objects.filter(within, ledger=ledger.slug).select_related("uploaded_by").order_by("-pk")


def run_or_404(ledger: Ledger, actor: Actor, pk: int) -> ImportRun:
    """One upload; 404 for those of others."""
    found: ImportRun | None = visible_runs(ledger, actor).filter(pk=pk).first()
    if found is None:
        raise Http404("没有这次导入,或者不是您上传的")
    return found


def job_of(run: ImportRun) -> Job | None:
    """The job that works on the run just now."""
    if run.job_id is None or run.state not in (RunState.CHECKING, RunState.APPLYING):
        return None
    return Job.objects.filter(pk=run.job_id).first()


def is_busy(run: ImportRun) -> bool:
    """True while a job works on the run; a run that waits without one broke off."""
    job = job_of(run)
    return job is not None and job.is_active


def counts_of(run: ImportRun) -> list[tuple[str, int, str]]:
    """Heading, number and tone of every kind of row."""
    tones = {"faulty": "alarm", "conflict": "alarm"}
    shown = [(label, run.counts.get(kind, 0), kind) for kind, label in COUNTS if kind in run.counts]
    return [(label, count, tones.get(kind, "") if count else "") for label, count, kind in shown]


def tabs_of(run: ImportRun, asked: str) -> list[dict[str, Any]]:
    """Only kinds that occur; the one asked for is open, else the first."""
    kinds = [(kind, label, run.counts.get(kind, 0)) for kind, label in TABS if run.counts.get(kind)]
    is_known = asked in {kind for kind, _, _ in kinds}
    opened = asked if is_known else next((kind for kind, _, _ in kinds), "")
    return [
        {"kind": kind, "label": label, "url": f"?tab={kind}", "active": kind == opened, "count": count}
        for kind, label, count in kinds
    ]


def preview_of(ledger: Ledger, run: ImportRun, kind: str, after: str) -> Preview | None:
    """Faults or compared rows of the open tab; None where the files have been cleared or nothing was compared."""
    begin = int(after) if after.isascii() and after.isdecimal() and len(after) < 10 else None
    if kind == "faults":
        if not run.fault_table:
            return None
        found = faults_page(run, begin or 0)
    elif kind and run.staged:
        found = preview_page(ledger, run, kind, -1 if begin is None else begin)
    else:
        return None
    rows = [row | _shown(ledger, row) for row in found.rows]
    return Preview(kind, rows, found.after)


def _shown(ledger: Ledger, row: dict[str, Any]) -> dict[str, Any]:
    """Address of the row; of one in conflict its fields with what is told of each."""
    cells = zip(row.get("cells", ()), row.get("told", ()), strict=False)
    url = row_url(ledger, row["pk"]) if row.get("pk") else ""
    return {"url": url, "fields": [(*cell, told) for cell, told in cells]}


def may_cancel(run: ImportRun, actor: Actor) -> bool:
    """True where the actor can give the upload up, also one whose job broke off while it was writing."""
    stuck = run.state == RunState.APPLYING and not is_busy(run)
    return not states.refusals(run, "stop" if stuck else "cancel", actor)
