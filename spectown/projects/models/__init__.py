"""Projects with their yearly plans and monthly reports, and the leads from which they come."""

from spectown.projects.models.leads import Lead
from spectown.projects.models.project import Project
from spectown.projects.models.reports import ProjectMonth, ProjectYear

__all__ = ["Lead", "Project", "ProjectMonth", "ProjectYear"]
