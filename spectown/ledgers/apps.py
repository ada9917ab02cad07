"""The app registers its lists when Django is ready."""

from django.apps import AppConfig


class LedgersConfig(AppConfig):
    """清单."""

    name = "spectown.ledgers"
    verbose_name = "清单"

    def ready(self) -> None:
        """Make the lists of this app known."""
        from spectown.ledgers.lists import LISTS  # models exist only now
        from spectown.lists.registry import register

        register(*LISTS)
