"""The tree of a draft to Excel and back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from spectown.accounts.permissions import Permission
from spectown.evaluation.schemebook import as_book, entry_of_book
from spectown.web.evaluation.drafted import BOTH, changed, require_open, sent, shown_edition
from spectown.web.evaluation.schemeseen import draft_of, way
from spectown.web.http import Request, export_response, kept, needs, page
from spectown.web.lists.uploads import UploadForm


@require_safe
@needs(Permission.EVALUATION_VIEW)
def book(request: Request, pk: int) -> HttpResponse:
    """Whoever sees the draft takes its tree along."""
    draft = draft_of(request, pk)
    return export_response(f"{draft}.xlsx", as_book(draft))


@require_http_methods(BOTH)
@needs(Permission.EVALUATION_MANAGE)
def upload(request: Request, pk: int) -> HttpResponse:
    """The whole tree from a workbook, or nothing of it; the draft then shows what changed."""
    draft = draft_of(request, pk)
    require_open(request, draft)
    form = UploadForm(sent(request), request.FILES if request.method == "POST" else None)

    def read() -> object:
        file = form.cleaned_data["file"]
        name, content = file.name, file.read()
        label = "由 Excel 改指标和权重"
        return changed(request, draft, lambda entry: entry_of_book(entry, content, name), label)

    if kept(form, read) is not None:
        messages.success(request, "已按上传的表改好,改动见下。")
        return redirect("evaluation:draft", pk=pk)
    carried = shown_edition(request, draft, refused=bool(form.non_field_errors()))
    context = {"draft": draft, "form": form, "edition": carried}
    status = 422 if form.errors else 200
    return page(request, "evaluation/draft_book.html", context, title="上传 Excel", crumbs=way(draft), status=status)
