"""The app registers its lists when Django is ready."""

from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    """项目."""

    name = "spectown.projects"
    verbose_name = "项目"

    def ready(self) -> None:
        """Make the lists of this app known, and how rows of them are named."""
        from spectown.lists.derived import derives
        from spectown.lists.references import register_reference
        from spectown.lists.registry import register
        from spectown.organisations.models import Post  # models exist only now
        from spectown.projects.keeping import refresh
        from spectown.projects.lists import LISTS
        from spectown.projects.models import Project, ProjectMonth, ProjectYear
        from spectown.projects.references import POST, PROJECT

        register(*LISTS)
        register_reference(Project, PROJECT)
        register_reference(Post, POST)
        derives(Project, refresh)
        derives(ProjectYear, refresh, followed=True)
        derives(ProjectMonth, refresh, followed=True)
