"""The app of dated work."""

from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    """督办."""

    name = "spectown.supervision"
    verbose_name = "督办"

    def ready(self) -> None:
        """Register the kinds of dated work."""
        from spectown.supervision.kinds import KINDS  # models must be ready
        from spectown.supervision.registry import register

        for kind in KINDS:
            register(kind)
