"""Addresses of bundles."""

from django.urls import path

from spectown.web.bundles.views import bundles

app_name = "bundles"

urlpatterns = [
    path("", bundles.bundle_list, name="list"),
    path("meeting/", bundles.meeting, name="meeting"),
    path("evidence/<int:pk>/", bundles.evidence, name="evidence"),
    path("<int:pk>/", bundles.download, name="file"),
]
