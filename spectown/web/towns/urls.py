"""Addresses of the area 专业镇."""

from django.urls import path

from spectown.web.towns.views import changes, detail, listing

app_name = "towns"

urlpatterns = [
    path("", listing.town_list, name="list"),
    path("export/", listing.town_export, name="export"),
    path("<slug:code>/", detail.town, name="town"),
    path("<slug:code>/edit/", changes.town_edit, name="edit"),
    path("<slug:code>/aliases/", changes.alias_add, name="alias_add"),
    path("<slug:code>/aliases/<int:pk>/end/", changes.alias_end, name="alias_end"),
    path("<slug:code>/levels/", changes.level_add, name="level_add"),
]
