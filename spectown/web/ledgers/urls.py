"""Addresses of the pages beside the lists."""

from django.urls import path

from spectown.web.ledgers.views import functions

app_name = "ledgers"

urlpatterns = [path("functions/", functions.functions, name="functions")]
