"""Where the page of an application is; the one place that knows it outside its own area."""

from __future__ import annotations

from django.urls import NoReverseMatch, reverse

from spectown.certification.models import Application


def application_url(application: Application) -> str:
    """Address of an application's page; empty while the area is not installed."""
    try:
        return reverse("certification:application", args=[application.pk])
    except NoReverseMatch:
        return ""
