"""Addresses of the area 清单."""

from django.urls import path

from spectown.web.lists import elsewhere as elsewhere  # registers the lists beside the clauses
from spectown.web.lists.views import bulk, detail, editing, exporting, home, importing, listing, options, removal, saved

app_name = "lists"

urlpatterns = [
    path("", home.home, name="home"),
    path("<slug:ledger>/", listing.rows, name="list"),
    path("<slug:ledger>/new/", editing.row_create, name="row_create"),
    path("<slug:ledger>/bulk/", bulk.bulk, name="bulk"),
    path("<slug:ledger>/deleted/", removal.deleted, name="deleted"),
    path("<slug:ledger>/export/", exporting.export, name="export"),
    path("<slug:ledger>/template/", exporting.template, name="template"),
    path("<slug:ledger>/import/", importing.upload, name="import"),
    path("<slug:ledger>/runs/<int:pk>/", importing.run, name="run"),
    path("<slug:ledger>/runs/<int:pk>/marked/", importing.run_marked, name="run_marked"),
    path("<slug:ledger>/runs/<int:pk>/check/", importing.run_check, name="run_check"),
    path("<slug:ledger>/runs/<int:pk>/apply/", importing.run_apply, name="run_apply"),
    path("<slug:ledger>/runs/<int:pk>/cancel/", importing.run_cancel, name="run_cancel"),
    path("<slug:ledger>/options/<slug:column>/", options.options, name="options"),
    path("<slug:ledger>/views/", saved.view_save, name="view_save"),
    path("<slug:ledger>/views/<int:pk>/share/", saved.view_share, name="view_share"),
    path("<slug:ledger>/views/<int:pk>/delete/", saved.view_delete, name="view_delete"),
    path("<slug:ledger>/<int:pk>/", detail.row, name="row"),
    path("<slug:ledger>/<int:pk>/edit/", editing.row_edit, name="row_edit"),
    path("<slug:ledger>/<int:pk>/correct/", editing.row_correct, name="row_correct"),
    path("<slug:ledger>/<int:pk>/delete/", removal.row_delete, name="row_delete"),
    path("<slug:ledger>/<int:pk>/restore/", removal.row_restore, name="row_restore"),
]
