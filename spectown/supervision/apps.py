"""The app of dated work."""

from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    """督办."""

    name = "spectown.supervision"
    verbose_name = "督办"
