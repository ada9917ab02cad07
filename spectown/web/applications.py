"""Where the page of an application is, for the areas outside its own."""

from __future__ import annotations

from django.urls import reverse

from spectown.certification.models import Application


def application_url(application: Application) -> str:
    """Address of an application's page."""
    return reverse("certification:application", args=[application.pk])
