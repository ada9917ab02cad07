"""Own templates of the office: list, upload, check, preview, put to use, retire."""

from __future__ import annotations

from itertools import groupby

from csp.constants import SELF
from csp.decorators import csp_update
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from spectown.accounts.permissions import Permission
from spectown.core.documentkinds.model import Kind
from spectown.core.documentkinds.offers import offers
from spectown.core.documentkinds.starter import starter
from spectown.documents import services
from spectown.documents.enums import FileForm, TemplateState
from spectown.documents.kinds import current_kinds
from spectown.documents.layouts import content_of
from spectown.documents.models import OwnTemplate
from spectown.documents.services.addressing import office_name
from spectown.lib.officialdoc.docx.render import render_docx
from spectown.lib.officialdoc.own.soffice import INSTALL, offered
from spectown.lib.refusal import Refused
from spectown.web.documents import shown
from spectown.web.documents.uploading import ReplaceForm, TemplateForm
from spectown.web.documents.views.detail import TYPES, served
from spectown.web.http import Crumb, Request, export_response, needs, page, paged

TONES = {TemplateState.DRAFT: "neutral", TemplateState.ACTIVE: "green", TemplateState.RETIRED: "yellow"}
DOCUMENTS_SHOWN = 20


@require_safe
@needs(Permission.DOCUMENT_DRAFT)
def template_list(request: Request) -> HttpResponse:
    """The office, with a layout of its own: which templates are there, where does one begin?"""
    rows = paged(request, OwnTemplate.objects.visible_to(request.actor).select_related("uploaded_by"))
    kinds = current_kinds().values()
    context = {
        "rows": rows,
        "items": [{"row": row, "tone": TONES[TemplateState(row.state)]} for row in rows],
        "areas": [(area, list(group)) for area, group in groupby(kinds, key=lambda kind: kind.area)],
        "pdf_offered": offered(),
        "install": INSTALL,
    }
    return page(request, "documents/templates.html", context, title="自有模板")


@require_http_methods(["GET", "POST"])
@needs(Permission.DOCUMENT_DRAFT)
def template_upload(request: Request) -> HttpResponse:
    """A new template; what is wrong with it stands on its page."""
    choices = [(name, f"{kind.area}:{kind.label}") for name, kind in current_kinds().items()]
    initial = {"kind": request.GET.get("kind", "")}
    form = TemplateForm(choices, *_sent(request), initial=initial)
    if form.is_bound and form.is_valid():
        given, sent = form.cleaned_data, form.cleaned_data["file"]
        try:
            made = services.upload(
                kind=given["kind"], name=given["name"], filename=sent.name, content=sent.read(), by=request.actor
            )
        except Refused as refused:
            form.add_error("file", str(refused))
        else:
            return _checked(request, made)
    status = 422 if form.errors else 200
    context = {"form": form}
    return page(request, "documents/template_upload.html", context, title="上传模板", crumbs=_crumbs(), status=status)


@csp_update({"object-src": [SELF], "frame-src": [SELF]})  # type: ignore[arg-type]  # our views take a Request
@require_safe
@needs(Permission.DOCUMENT_DRAFT)
def template(request: Request, pk: int) -> HttpResponse:
    """One template: what is wrong, how it looks, whether it is in use."""
    return _page(request, _visible(request, pk), ReplaceForm())


@require_POST
@needs(Permission.DOCUMENT_DRAFT)
def template_replace(request: Request, pk: int) -> HttpResponse:
    """The mended file in place of the draft's."""
    found, form = _visible(request, pk), ReplaceForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, found, form, 422)
    sent = form.cleaned_data["file"]
    try:
        made = services.replace_file(template=found, filename=sent.name, content=sent.read(), by=request.actor)
    except Refused as refused:
        form.add_error("file", str(refused))
        return _page(request, found, form, 422)
    return _checked(request, made)


@require_POST
@needs(Permission.DOCUMENT_DRAFT)
def template_activate(request: Request, pk: int) -> HttpResponse:
    """From now on drafts may choose it."""
    try:
        found = services.activate(template=_visible(request, pk), by=request.actor)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"已启用。起草{found.kind_label}时可在“版式”中选用。")
    return redirect("documents:template", pk=pk)


@require_POST
@needs(Permission.DOCUMENT_DRAFT)
def template_retire(request: Request, pk: int) -> HttpResponse:
    """No draft may choose it any more."""
    try:
        services.retire(template=_visible(request, pk), reason=request.POST.get("reason", ""), by=request.actor)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "已停用。已印发的公文不受影响;选用它的草稿须改选。")
    return redirect("documents:template", pk=pk)


@require_safe
@needs(Permission.DOCUMENT_DRAFT)
def template_file(request: Request, pk: int) -> HttpResponse:
    """The template itself, its hash checked."""
    found = _visible(request, pk)
    try:
        return export_response(f"{found.name}.docx", content_of(found), TYPES[FileForm.DOCX])
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("documents:template", pk=pk)


@require_safe
@needs(Permission.DOCUMENT_DRAFT)
def template_example(request: Request, pk: int, form: str) -> HttpResponse:
    """The template with sample data, as .docx or PDF."""
    found = _visible(request, pk)
    if form not in TYPES:
        raise Http404("没有这种格式")
    try:
        data = services.example_pdf(found) if form == FileForm.PDF else services.example_docx(found)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("documents:template", pk=pk)
    return served(f"示例 {found.name}.{form}", data, FileForm(form))


@require_safe
@needs(Permission.DOCUMENT_DRAFT)
def template_fields(request: Request, kind: str) -> HttpResponse:
    """Whoever writes a template: which fields has this kind, how are they written?"""
    found = _kind(kind)
    context = {"kind": found, "offers": offers(found)}
    title = f"{found.label}的字段"
    return page(request, "documents/template_fields.html", context, title=title, crumbs=_crumbs())


@require_safe
@needs(Permission.DOCUMENT_DRAFT)
def template_starter(request: Request, kind: str) -> HttpResponse:
    """A first template: the system's layout of the kind with the fields in their places."""
    found = _kind(kind)
    content = render_docx(starter(found, office_name(timezone.localdate())))
    return export_response(f"起始模板 {found.label}.docx", content, TYPES[FileForm.DOCX])


def _sent(request: Request) -> tuple[object, ...]:
    return (request.POST, request.FILES) if request.method == "POST" else ()


def _kind(name: str) -> Kind:
    found = current_kinds().get(name)
    if found is None:
        raise Http404("没有这个文种")
    return found


def _visible(request: Request, pk: int) -> OwnTemplate:
    rows = OwnTemplate.objects.visible_to(request.actor)
    return get_object_or_404(rows.select_related("uploaded_by", "activated_by", "retired_by"), pk=pk)


def _crumbs() -> list[Crumb]:
    return [("模板", reverse("documents:templates"))]


def _checked(request: Request, found: OwnTemplate) -> HttpResponse:
    """To the template's page, with the outcome of its check."""
    if found.stopping:
        messages.warning(request, f"已存为草稿,检查发现 {len(found.stopping)} 处要改正。")
    else:
        messages.success(request, "已存为草稿,检查没有发现要改正的问题。看过示例后可以启用。")
    return redirect("documents:template", pk=found.pk)


def _page(request: Request, found: OwnTemplate, form: ReplaceForm, status: int = 200) -> HttpResponse:
    documents = found.documents.order_by("-drafted_at", "-pk")
    context = {
        "template": found,
        "tone": TONES[TemplateState(found.state)],
        "form": form,
        "is_draft": found.state == TemplateState.DRAFT,
        "is_active": found.state == TemplateState.ACTIVE,
        "kind_is_current": found.kind in current_kinds(),
        "pdf_offered": offered(),
        "install": INSTALL,
        "documents": documents[:DOCUMENTS_SHOWN],
        "history": shown.history(found),
    }
    return page(request, "documents/template.html", context, title=found.name, crumbs=_crumbs(), status=status)
