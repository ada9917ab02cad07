"""Addresses of the area 企业."""

from django.urls import path

from spectown.web.enterprises import parts as parts  # registers its parts of the pages of rows
from spectown.web.enterprises.views import counted, duplicates, pairs

app_name = "enterprises"

urlpatterns = [
    path("duplicates/", duplicates.duplicates, name="duplicates"),
    path("duplicates/search/", duplicates.search, name="search"),
    path("duplicates/<int:pk>/", pairs.pair, name="pair"),
    path("duplicates/<int:pk>/merge/", pairs.merge, name="merge"),
    path("duplicates/<int:pk>/distinct/", pairs.distinct, name="distinct"),
    path("counted/<slug:code>/<slug:figure>/", counted.counted, name="counted"),
]
