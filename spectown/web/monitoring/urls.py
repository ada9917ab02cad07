"""Addresses of monitoring."""

from django.urls import path

from spectown.web.monitoring.views import (
    books,
    cells,
    certify,
    defining,
    indicators,
    missing,
    office,
    pivot,
    reportforms,
    sheets,
    table,
)

app_name = "monitoring"

urlpatterns = [
    path("", sheets.sheets, name="sheets"),
    path("sheets/<int:pk>/", sheets.sheet, name="sheet"),
    path("sheets/<int:pk>/cell/", sheets.cell, name="cell"),
    path("sheets/<int:pk>/same/", sheets.same, name="same"),
    path("sheets/<int:pk>/explain/", sheets.explain, name="explain"),
    path("sheets/<int:pk>/history/<slug:code>/", cells.history, name="history"),
    path("sheets/<int:pk>/files/<slug:code>/put/", cells.put, name="put"),
    path("sheets/<int:pk>/files/<slug:code>/<int:file>/", cells.file, name="file"),
    path("sheets/<int:pk>/files/<slug:code>/<int:file>/remove/", cells.remove, name="remove"),
    path("sheets/<int:pk>/back/", office.send_back, name="send_back"),
    path("sheets/<int:pk>/late/", office.late, name="late"),
    path("certify/", certify.cells, name="certify"),
    path("certify/agree/", certify.agree, name="agree"),
    path("certify/<int:pk>/", certify.answer, name="answer"),
    path("missing/", missing.missing, name="missing"),
    path("missing/urge/", missing.urge, name="urge"),
    path("books/<int:pk>/", books.book, name="book"),
    path("books/<int:pk>/template/", books.template, name="template"),
    path("indicators/", indicators.catalogue, name="catalogue"),
    path("indicators/checks/", indicators.checks, name="checks"),
    path("indicators/new/", defining.new, name="indicator_new"),
    path("indicators/<slug:code>/", indicators.indicator, name="indicator"),
    path("indicators/<slug:code>/version/", defining.version, name="indicator_version"),
    path("indicators/<slug:code>/correct/<int:since>/", defining.correct, name="indicator_correct"),
    path("defined/<slug:kind>/<slug:code>/end/", defining.end, name="define_end"),
    path("defined/<slug:kind>/<slug:code>/keep/", defining.keep, name="define_keep"),
    path("defined/<slug:kind>/<slug:code>/restore/<int:since>/", defining.restore, name="define_restore"),
    path("forms/<slug:code>/", reportforms.form, name="form"),
    path("forms/<slug:code>/edit/", reportforms.form_edit, name="form_edit"),
    path("rules/", reportforms.rules, name="rules"),
    path("rules/<slug:code>/", reportforms.rule, name="rule"),
    path("table/", table.table, name="table"),
    path("pivot/", pivot.table, name="pivot"),
    path("pivot/cells/", pivot.cells, name="pivot_cells"),
]
