"""The 申报书 as a workbook: download, upload with preview, marked copy; the result as a table."""

from __future__ import annotations

import base64
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from spectown.accounts.permissions import Permission
from spectown.certification import services
from spectown.certification.facts import county_names, criteria_of, fields_of, places_of, raw_of, result_of, value_of
from spectown.certification.models import Application
from spectown.certification.workbook import marked_copy, read_upload, template
from spectown.core.certification.fields import Field, form_fields
from spectown.core.certification.validate import Reading, read_answers
from spectown.lib.excel.faults import WorkbookRefusedError
from spectown.lib.refusal import Refused
from spectown.lib.tables.sheet import Table, workbook
from spectown.organisations.models import Unit
from spectown.plans.models import PlanVersion
from spectown.web.certification.forms import FileForm, words
from spectown.web.certification.views.detail import crumbs, may_fill, visible
from spectown.web.files import accepted
from spectown.web.http import Request, export_response, needs, page

KEPT = "application_upload"  # in the session: what was read and is not saved yet


def _current() -> PlanVersion:
    version = PlanVersion.objects.current()
    if version is None:
        raise Http404("还没有装入方案")
    return version


@require_safe
@needs(Permission.APPLICATION_FILL)
def empty_template(request: Request) -> HttpResponse:
    """A county fills the form offline: the empty workbook of the current plan."""
    return export_response("市级专业镇申报书.xlsx", template(criteria_of(_current()), county_names()))


@require_safe
@needs(Permission.APPLICATION_VIEW)
def template_of(request: Request, pk: int) -> HttpResponse:
    """The workbook with this application's answers."""
    found = visible(request, pk)
    content = template(criteria_of(found.version), county_names(), raw_of(found))
    return export_response(f"{found}申报书.xlsx", content)


@require_http_methods(["GET", "POST"])
@needs(Permission.APPLICATION_FILL)
def upload(request: Request) -> HttpResponse:
    """A county brings the filled workbook back as a new application."""
    return _upload(request, None)


@require_http_methods(["GET", "POST"])
@needs(Permission.APPLICATION_FILL)
def upload_for(request: Request, pk: int) -> HttpResponse:
    """A county brings the workbook back into an application that is open."""
    found = visible(request, pk)
    if not may_fill(request, found):
        return redirect("certification:application", pk=pk)
    return _upload(request, found)


def _upload(request: Request, found: Application | None) -> HttpResponse:
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["file"]
        try:
            _keep(request, found, accepted(sent).read())
        except (WorkbookRefusedError, Refused) as refused:
            form.add_error("file", str(refused))
        else:
            return redirect("certification:upload_preview")
    context = {"form": form, "application": found}
    status = 422 if form.errors else 200
    return page(request, "certification/upload.html", context, title="上传申报书", crumbs=crumbs(found), status=status)


def _keep(request: Request, found: Application | None, data: bytes) -> None:
    """Read the workbook and keep what it says in the session until it is saved or replaced."""
    version = found.version if found else _current()
    read = read_upload(data, criteria_of(version), places_of(unit_of(request, found)))
    if not read.raw and not read.faults:
        raise Refused("表中没有填写任何内容,请填好浅黄色单元格后再上传。")
    request.session[KEPT] = {
        "application": found.pk if found else None,
        "revision": found.revision if found else None,
        "version": version.pk,
        "raw": {code: _plain(value) for code, value in read.raw.items()},
        "faults": [_fault(fault) for fault in read.faults],
        "warnings": list(read.reading.warnings),
        "marked": base64.b64encode(marked_copy(data, read)).decode() if read.faults else "",
    }


def unit_of(request: Request, found: Application | None) -> Unit:
    """The unit that applies: the application's, or the actor's own."""
    return found.unit if found else Unit.objects.select_related("territory").get(pk=request.actor.unit_id or 0)


def _plain(value: object) -> object:
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)


def _fault(fault: Any) -> dict[str, str]:
    place = fault.place
    return {
        "sheet": place.sheet,
        "cell": place.cell,
        "heading": place.heading,
        "value": fault.value,
        "reason": fault.reason,
    }


def _kept(request: Request) -> dict[str, Any]:
    kept = request.session.get(KEPT)
    if not isinstance(kept, dict):
        raise Http404("没有待保存的上传")
    return kept


@require_safe
@needs(Permission.APPLICATION_FILL)
def preview(request: Request) -> HttpResponse:
    """What the workbook would change, or what is wrong with it; nothing is saved yet."""
    kept = _kept(request)
    found = visible(request, kept["application"]) if kept["application"] else None
    version = found.version if found else PlanVersion.objects.get(pk=kept["version"])
    before = read_answers(raw_of(found), criteria_of(version)) if found else None
    after = read_answers(kept["raw"], criteria_of(version))
    rows = _changes(form_fields(criteria_of(version)), before, after)
    context = {"application": found, "faults": kept["faults"], "warnings": kept["warnings"], "rows": rows}
    status = 422 if kept["faults"] else 200
    return page(
        request, "certification/preview.html", context, title="核对上传内容", crumbs=crumbs(found), status=status
    )


def _changes(fields: tuple[Field, ...], before: Reading | None, after: Reading) -> list[dict[str, str]]:
    """Field by field what would be stored instead of what; both sides read alike, so that 42000 is 4.2亿元."""
    found = []
    for field in fields:
        old = words(field, value_of(before.answers, field.code)) if before else ""
        new = words(field, value_of(after.answers, field.code))
        if old != new:
            found.append({"label": field.heading, "before": old, "after": new})
    return found


@require_safe
@needs(Permission.APPLICATION_FILL)
def marked(request: Request) -> HttpResponse:
    """The uploaded workbook with its faulty cells marked."""
    content = _kept(request)["marked"]
    if not content:
        raise Http404("没有标注副本")
    return export_response("申报书(标注问题).xlsx", base64.b64decode(content))


@require_POST
@needs(Permission.APPLICATION_FILL)
def save(request: Request) -> HttpResponse:
    """Save what was read: all or nothing."""
    kept = _kept(request)
    if kept["faults"]:
        messages.error(request, "上传的内容还有问题,没有保存。请按标注副本改正后重新上传。")
        return redirect("certification:upload_preview")
    found = visible(request, kept["application"]) if kept["application"] else None
    try:
        if found is None:
            found = services.create(raw=kept["raw"], by=request.actor)
        else:
            raw = {field.code: kept["raw"].get(field.code) for field in fields_of(found)}
            services.save_answers(application=found, raw=raw, revision=kept["revision"], by=request.actor)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("certification:upload_preview")
    del request.session[KEPT]
    messages.success(request, "已保存上传的申报书。")
    return redirect("certification:application", pk=found.pk)


@require_safe
@needs(Permission.EXPORT)
def export(request: Request, pk: int) -> HttpResponse:
    """The result as a table to take to a meeting."""
    request.actor.require(Permission.APPLICATION_VIEW)
    found = visible(request, pk)
    result = result_of(found, timezone.localdate())
    rows = [
        (
            path.rule.label,
            finding.clause,
            finding.criterion.title,
            finding.outcome.label,
            finding.message,
            ";".join(need.message for need in finding.needs),
        )
        for path in result.paths.values()
        for finding in path.findings
    ]
    notes = (f"申报单位:{found.unit.name}", f"总体结论:{result.overall.label}", f"日期:{timezone.localdate()}")
    head = ("路径", "条款", "条件", "结论", "说明", "还差什么")
    table = Table("预审结果", f"{found}预审结果", notes, head, rows, (), (12, 10, 26, 12, 50, 40), 6, "A4")
    return export_response(f"{found}预审结果.xlsx", workbook(table))
