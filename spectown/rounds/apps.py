"""The app of certification rounds."""

from django.apps import AppConfig


class RoundsConfig(AppConfig):
    """认定批次."""

    name = "spectown.rounds"
    verbose_name = "认定批次"
