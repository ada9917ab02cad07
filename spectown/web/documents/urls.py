"""Addresses of official documents."""

from django.urls import path

from spectown.web.documents.views import detail, drafting, moves, register, sources

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
    path("<int:pk>/", detail.document, name="document"),
    path("<int:pk>/edit/", drafting.edit, name="edit"),
    path("<int:pk>/preview/<slug:form>/", detail.preview, name="preview"),
    path("<int:pk>/file/<slug:form>/", detail.file, name="file"),
    path("<int:pk>/move/<slug:code>/", moves.move, name="move"),
    path("<int:pk>/sign-paper/", moves.sign_paper, name="sign_paper"),
    path("<int:pk>/receive/", moves.receive, name="receive"),
    path("<int:pk>/replace/<slug:how>/", moves.replace, name="replace"),
]
