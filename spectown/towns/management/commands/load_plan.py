"""spectown load_plan."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.db import transaction

from spectown.audit.services import SYSTEM
from spectown.lib.commands import FINDINGS, FINE, ReportCommand
from spectown.plans.folder import FolderFault, PlanFolder, read_folder
from spectown.plans.loading import Loaded, load_version
from spectown.towns.loading import load_towns


class Command(ReportCommand):
    """Load a plan folder as a version."""

    help = "把方案文件夹装入为一个版本并设为现行;内容相同则不变。"

    def arguments(self, parser: CommandParser) -> None:
        """Own arguments."""
        parser.add_argument("folder", type=Path, metavar="文件夹", help="含 plan.yaml 的方案文件夹")

    def run(self, **options: Any) -> int:
        """Load, then report what is new and what the office should look at."""
        try:
            loaded, towns = load(read_folder(options["folder"]))
        except FolderFault as fault:
            return self.unusable(str(fault), as_json=options["json"])
        if options["json"]:
            self.print_json(summary(loaded, towns))
        else:
            self.stdout.write(
                f"{loaded.version}:{'新装入' if loaded.is_new else '内容没有变化'},新增专业镇 {towns} 个。"
            )
            for notice in loaded.notices:
                self.stdout.write(f"请核对:{notice}")
        return FINDINGS if loaded.notices else FINE


@transaction.atomic
def load(folder: PlanFolder) -> tuple[Loaded, int]:
    """Load version and towns of a folder in one transaction."""
    loaded = load_version(folder, by=SYSTEM)
    return loaded, load_towns(folder, loaded, by=SYSTEM)


def summary(loaded: Loaded, towns: int) -> dict[str, Any]:
    """What `--json` prints."""
    version = loaded.version
    return {
        "plan": version.plan_code,
        "version": version.number,
        "title": version.title,
        "new": loaded.is_new,
        "clauses": version.clauses.count(),
        "tasks": version.tasks.count(),
        "targets": version.targets.count(),
        "thresholds": version.thresholds.count(),
        "seats": version.seats.count(),
        "towns_added": towns,
        "notices": loaded.notices,
    }
