"""The app of messages: finds what the other apps have to say."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class OutboxConfig(AppConfig):
    """发件箱."""

    name = "spectown.outbox"
    verbose_name = "发件箱"

    def ready(self) -> None:
        """Import `telling.py` of every app, so that web and worker know the same kinds of messages."""
        autodiscover_modules("telling")
