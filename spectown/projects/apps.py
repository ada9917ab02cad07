"""The app registers its lists when Django is ready."""

from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    """项目."""

    name = "spectown.projects"
    verbose_name = "项目"

    def ready(self) -> None:
        """Make the lists of this app known."""
        from spectown.lists.registry import register
        from spectown.projects.lists import LISTS  # models exist only now

        register(*LISTS)
