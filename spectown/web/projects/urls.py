"""Addresses of the area 项目."""

from django.urls import path

from spectown.web.projects import parts as parts  # registers its parts of the pages of rows
from spectown.web.projects.views import batches, conversion, dispatch, moves

app_name = "projects"

urlpatterns = [
    path("", batches.batches, name="batches"),
    path("rows/", batches.batch_rows, name="batch_rows"),
    path("dispatch/", dispatch.dispatch, name="dispatch"),
    path("dispatch/export/", dispatch.dispatch_export, name="dispatch_export"),
    path("<int:pk>/advance/", moves.advance, name="advance"),
    path("<int:pk>/course/", moves.course, name="course"),
    path("leads/<int:pk>/convert/", conversion.convert, name="convert"),
]
