"""The web app: connects the third-party login events to the audit log."""

from importlib import import_module

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Pages, components, account events."""

    name = "spectown.web"
    verbose_name = "网页"

    def ready(self) -> None:
        """Listen to the login events of Django, allauth and axes (they offer nothing but signals); declare our jobs."""
        import_module("spectown.web.account.events")
        import_module("spectown.web.bundles.jobs")
