"""Addresses of jobs."""

from django.urls import path

from spectown.web.jobs import views

app_name = "jobs"

urlpatterns = [
    path("", views.job_list, name="list"),
    path("<int:pk>/", views.job, name="job"),
    path("<int:pk>/bar/", views.bar, name="bar"),
    path("<int:pk>/cancel/", views.cancel, name="cancel"),
]
