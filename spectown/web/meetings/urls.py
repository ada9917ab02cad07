"""Addresses of progress meetings."""

from django.urls import path

from spectown.web.meetings.views import meetings

app_name = "meetings"

urlpatterns = [
    path("", meetings.listed, name="list"),
    path("new/", meetings.new, name="new"),
    path("<int:pk>/", meetings.meeting_page, name="meeting"),
    path("<int:pk>/edit/", meetings.edit, name="edit"),
    path("<int:pk>/agenda/", meetings.agenda, name="agenda"),
    path("<int:pk>/decide/", meetings.decide, name="decide"),
    path("decisions/<int:pk>/remove/", meetings.undecide, name="undecide"),
    path("<int:pk>/minutes/", meetings.minutes, name="minutes"),
]
