"""Addresses of the area 方案."""

from django.urls import path

from spectown.web.plans.views import calendar, checkup, compare, group, matrix, targets, text

app_name = "plans"

urlpatterns = [
    path("", text.text, name="text"),
    path("source/", text.source, name="source"),
    path("clause/<path:ref>/", text.clause, name="clause"),
    path("matrix/", matrix.matrix, name="matrix"),
    path("matrix/export/", matrix.matrix_export, name="matrix_export"),
    path("targets/", targets.targets, name="targets"),
    path("group/", group.group, name="group"),
    path("group/<int:pk>/substitute/", group.substitute, name="substitute"),
    path("checkup/", checkup.checkup, name="checkup"),
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar/<int:year>/", calendar.calendar_year, name="calendar_year"),
    path("compare/", compare.compare, name="compare"),
]
