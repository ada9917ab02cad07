"""Addresses of the area 预审."""

from django.urls import path

from spectown.web.certification.views import detail, edit, files, listing, moves, workbooks

app_name = "certification"

urlpatterns = [
    path("", listing.application_list, name="list"),
    path("new/", edit.create, name="create"),
    path("template/", workbooks.empty_template, name="template"),
    path("upload/", workbooks.upload, name="upload"),
    path("upload/check/", workbooks.preview, name="upload_preview"),
    path("upload/marked/", workbooks.marked, name="upload_marked"),
    path("upload/save/", workbooks.save, name="upload_save"),
    path("<int:pk>/", detail.application, name="application"),
    path("<int:pk>/export/", workbooks.export, name="export"),
    path("<int:pk>/template/", workbooks.template_of, name="application_template"),
    path("<int:pk>/upload/", workbooks.upload_for, name="application_upload"),
    path("<int:pk>/edit/", edit.overview, name="edit"),
    path("<int:pk>/edit/<int:number>/", edit.section, name="section"),
    path("<int:pk>/review/", edit.review, name="review"),
    path("<int:pk>/move/<slug:code>/", moves.move, name="move"),
    path("<int:pk>/judge/<slug:criterion>/", moves.judge, name="judge"),
    path("<int:pk>/files/<int:file>/", files.download, name="file"),
    path("<int:pk>/files/<int:file>/remove/", files.remove, name="file_remove"),
]
