"""Addresses of supervision notices."""

from django.urls import path

from spectown.web.notices.views import listing, notice, proposals, rectifying, writing

app_name = "notices"

urlpatterns = [
    path("", listing.notices, name="list"),
    path("export/", listing.export, name="export"),
    path("proposals/", proposals.proposed, name="proposals"),
    path("proposals/aside/", proposals.aside, name="aside"),
    path("burden/", listing.burden, name="burden"),
    path("write/", writing.write, name="write"),
    path("<int:pk>/", notice.notice_page, name="notice"),
    path("<int:pk>/edit/", writing.edit, name="edit"),
    path("<int:pk>/close-out/", notice.close_out, name="close_out"),
    path("<int:pk>/look/", notice.look, name="look"),
    path("<int:pk>/plan/", rectifying.plan, name="plan"),
    path("<int:pk>/report/", rectifying.report, name="report"),
    path("<int:pk>/files/put/", rectifying.put, name="put"),
    path("<int:pk>/files/<int:file>/", rectifying.file, name="file"),
    path("<int:pk>/files/<int:file>/remove/", rectifying.remove, name="remove"),
]
