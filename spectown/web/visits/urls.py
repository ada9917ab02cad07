"""Addresses of inspections and research visits."""

from django.urls import path

from spectown.web.visits.views import filling, listing, visit

app_name = "visits"

urlpatterns = [
    path("", listing.visits, name="list"),
    path("export/", listing.export, name="export"),
    path("plan/", listing.plan, name="plan"),
    path("<int:pk>/", visit.visit_page, name="visit"),
    path("<int:pk>/move/<slug:code>/", visit.move, name="move"),
    path("<int:pk>/towns/<int:place>/", filling.fill_in, name="fill_in"),
    path("<int:pk>/findings/<int:finding>/settle/", visit.settle, name="settle"),
]
