"""The web app: connects the third-party login events to the audit log."""

from importlib import import_module

from django.apps import AppConfig

from spectown.web.wording import use_house_wording


class WebConfig(AppConfig):
    """Pages, components, account events."""

    name = "spectown.web"
    verbose_name = "网页"

    def ready(self) -> None:
        """Plain words of forms; login events of Django, allauth and axes (they offer only signals); our jobs."""
        use_house_wording()
        import_module("spectown.web.account.events")
        import_module("spectown.web.bundles.jobs")
        import_module("spectown.web.documents.jobs")
        import_module("spectown.web.rounds.jobs")
