"""Addresses of official documents."""

from django.urls import path

from spectown.web.documents.views import (
    batch_start,
    batches,
    detail,
    drafting,
    moves,
    register,
    scans,
    sources,
    templates,
)

app_name = "documents"
urlpatterns = [
    path("", register.register, name="list"),
    path("export/", register.export, name="export"),
    path("inbox/", register.inbox, name="inbox"),
    path("draft/", drafting.kinds, name="kinds"),
    path("draft/<slug:kind>/", drafting.draft, name="draft"),
    path("from/application/<int:pk>/<slug:kind>/", sources.from_application, name="from_application"),
    path("from/list/<slug:ledger>/", sources.from_list, name="from_list"),
    path("from/matrix/", sources.from_matrix, name="from_matrix"),
    path("templates/", templates.template_list, name="templates"),
    path("templates/upload/", templates.template_upload, name="template_upload"),
    path("templates/fields/<slug:kind>/", templates.template_fields, name="template_fields"),
    path("templates/fields/<slug:kind>/starter/", templates.template_starter, name="template_starter"),
    path("templates/<int:pk>/", templates.template, name="template"),
    path("templates/<int:pk>/file/", templates.template_file, name="template_file"),
    path("templates/<int:pk>/example/<slug:form>/", templates.template_example, name="template_example"),
    path("templates/<int:pk>/replace/", templates.template_replace, name="template_replace"),
    path("templates/<int:pk>/activate/", templates.template_activate, name="template_activate"),
    path("templates/<int:pk>/retire/", templates.template_retire, name="template_retire"),
    path("from/rows/<slug:ledger>/", batch_start.begin_rows, name="batch_rows"),
    path("batches/", batches.batches, name="batches"),
    path("batches/<int:pk>/", batches.batch, name="batch"),
    path("batches/<int:pk>/move/<slug:code>/", batches.batch_move, name="batch_move"),
    path("batches/<int:pk>/sign-paper/", batches.batch_sign_paper, name="batch_sign_paper"),
    path("batches/<int:pk>/print/", batches.batch_print, name="batch_print"),
    path("<int:pk>/batch/", batch_start.begin_units, name="batch_units"),
    path("<int:pk>/", detail.document, name="document"),
    path("<int:pk>/edit/", drafting.edit, name="edit"),
    path("<int:pk>/preview/<slug:form>/", detail.preview, name="preview"),
    path("<int:pk>/file/<slug:form>/", detail.file, name="file"),
    path("<int:pk>/move/<slug:code>/", moves.move, name="move"),
    path("<int:pk>/sign-paper/", moves.sign_paper, name="sign_paper"),
    path("<int:pk>/scan/", scans.scan, name="scan"),
    path("<int:pk>/receive/", moves.receive, name="receive"),
    path("<int:pk>/replace/<slug:how>/", moves.replace, name="replace"),
]
