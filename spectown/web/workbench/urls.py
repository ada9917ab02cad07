"""Addresses of the work bench."""

from django.urls import path

from spectown.web.workbench import views

app_name = "workbench"

urlpatterns = [path("", views.home, name="home")]
