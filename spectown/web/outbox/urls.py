"""Addresses of messages."""

from django.urls import path

from spectown.web.outbox.views import calendars, inbox, office, ways

app_name = "outbox"

urlpatterns = [
    path("", inbox.inbox, name="inbox"),
    path("read/", inbox.read_all, name="read_all"),
    path("<int:pk>/open/", inbox.open_message, name="open"),
    path("settings/", ways.settings, name="settings"),
    path("settings/trial/", ways.trial, name="trial"),
    path("settings/calendar/", calendars.make, name="feed_make"),
    path("settings/calendar/end/", calendars.end, name="feed_end"),
    path("calendar/<str:token>.ics", calendars.feed, name="calendar"),
    path("sent/", office.message_list, name="list"),
    path("sent/dry-run/", office.dry_run, name="dry_run"),
    path("sent/stop/", office.stop, name="stop"),
    path("sent/resume/", office.resume, name="resume"),
    path("sent/<int:pk>/", office.message, name="message"),
    path("sent/<int:pk>/again/", office.again, name="again"),
]
