"""The app of background jobs: finds the jobs of all apps."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    """作业."""

    name = "spectown.jobs"
    verbose_name = "作业"

    def ready(self) -> None:
        """Import `jobs.py` of every app, so that web and worker know the same kinds."""
        autodiscover_modules("jobs")
