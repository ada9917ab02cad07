"""The app of the list mechanism."""

from django.apps import AppConfig


class ListsConfig(AppConfig):
    """清单机制."""

    name = "spectown.lists"
    verbose_name = "清单"
