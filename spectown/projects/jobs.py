"""Jobs of the projects: lights change with the days."""

from __future__ import annotations

from spectown.jobs.registry import periodic
from spectown.projects.keeping import refresh

DAY = 24 * 3600


@periodic("projects.lights", seconds=DAY)
def refresh_lights() -> None:
    """Keep the lights of all projects as they are today."""
    refresh()
