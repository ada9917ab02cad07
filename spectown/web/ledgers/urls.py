"""Addresses of the pages beside the lists."""

from django.urls import path

from spectown.web.ledgers import parts as parts  # registers the parts of the pages of rows
from spectown.web.ledgers.views import functions, needs

app_name = "ledgers"

urlpatterns = [
    path("functions/", functions.functions, name="functions"),
    path("needs/raise/", needs.need_raise, name="need_raise"),
    path("needs/<int:pk>/<slug:code>/", needs.need_step, name="need_step"),
]
