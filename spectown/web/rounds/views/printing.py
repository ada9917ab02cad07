"""The bundle of a version for the stamp, and the scan of the stamped print."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from spectown.accounts.permissions import Permission
from spectown.jobs.services import enqueue
from spectown.lib.refusal import Refused
from spectown.rounds.models import CasePrint, StampedScan
from spectown.rounds.services import printing
from spectown.web.files import accepted, kept_file
from spectown.web.http import Request, needs
from spectown.web.rounds.jobs import PRINT
from spectown.web.rounds.views.cases import visible_case


@require_POST
@needs(Permission.APPLICATION_VIEW)
def make_print(request: Request, pk: int, number: int) -> HttpResponse:
    """Ask for the bundle of a version; where it was made before, it opens."""
    found = visible_case(request, pk)
    version = get_object_or_404(found.versions, number=number)
    if CasePrint.objects.filter(version=version).exists():
        return redirect("rounds:print_file", pk=pk, number=number)
    back = f"{reverse('rounds:case', args=[pk])}#versions"
    job = enqueue(
        kind=PRINT,
        args={"version": version.pk},
        by=request.actor,
        title=f"生成打印件 {found.application} 第 {number} 版",
        result_url=back,
    )
    return redirect("jobs:job", job.pk)


@require_safe
@needs(Permission.APPLICATION_VIEW)
def print_file(request: Request, pk: int, number: int) -> HttpResponseBase:
    """Whoever may see the case opens the bundle of a version."""
    found = visible_case(request, pk)
    return kept_file(get_object_or_404(CasePrint, version__case=found, version__number=number))


@require_POST
@needs(Permission.APPLICATION_VIEW)
def put_scan(request: Request, pk: int) -> HttpResponse:
    """The county uploads the scan of the stamped print and quotes its code."""
    found = visible_case(request, pk)
    try:
        sent = accepted(request.FILES.get("file"), "请先选择扫描件。")
        kept = printing.put_scan(
            case=found, code=request.POST.get("code", ""), name=sent.name or "", content=sent.read(), by=request.actor
        )
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"已保存第 {kept.version.number} 版的盖章扫描件。")
    return redirect(f"{reverse('rounds:case', args=[pk])}#versions")


@require_safe
@needs(Permission.APPLICATION_VIEW)
def scan(request: Request, pk: int, file: int) -> HttpResponseBase:
    """Whoever may see the case opens a scan."""
    found = visible_case(request, pk)
    return kept_file(get_object_or_404(StampedScan, version__case=found, pk=file))
