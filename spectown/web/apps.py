"""The web app: connects the third-party login events to the audit log."""

from importlib import import_module

from django.apps import AppConfig
from django.forms import Field


class WebConfig(AppConfig):
    """Pages, components, account events."""

    name = "spectown.web"
    verbose_name = "网页"

    def ready(self) -> None:
        """Plain words of forms; login events of Django, allauth and axes (they offer only signals); our jobs."""
        Field.default_error_messages["required"] = "请填写这一项。"  # Django says 这个字段是必填项
        import_module("spectown.web.account.events")
        import_module("spectown.web.bundles.jobs")
        import_module("spectown.web.documents.jobs")
        import_module("spectown.web.rounds.jobs")
