"""Addresses of 问题台账 beside its list."""

from django.urls import path

from spectown.web.problems import parts as parts  # registers the parts of the page of a problem
from spectown.web.problems.views import common, moving, raising

app_name = "problems"

urlpatterns = [
    path("raise/", raising.problem_raise, name="raise"),
    path("common/", common.common_proposals, name="common"),
    path("common/sort/", common.common_sort, name="common_sort"),
    path("common/make/", common.common_make, name="common_make"),
    path("<int:pk>/files/<int:file>/", moving.problem_file, name="file"),
    path("<int:pk>/<slug:code>/", moving.problem_move, name="move"),
]
