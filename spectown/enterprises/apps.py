"""The app registers its lists when Django is ready."""

from django.apps import AppConfig


class EnterprisesConfig(AppConfig):
    """市场主体."""

    name = "spectown.enterprises"
    verbose_name = "市场主体"

    def ready(self) -> None:
        """Make the lists of this app known, and how text names an enterprise."""
        from spectown.enterprises.lists import LISTS  # models exist only now
        from spectown.enterprises.models import Enterprise
        from spectown.enterprises.references import ENTERPRISE
        from spectown.lists.references import register_reference
        from spectown.lists.registry import register

        register(*LISTS)
        register_reference(Enterprise, ENTERPRISE)
