"""spectown worker: runs background jobs and periodic work."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from spectown.jobs.worker import JobWorker, run_waiting
from spectown.lib.commands import FINE, ReportCommand


class Command(ReportCommand):
    """Run jobs until stopped."""

    help = "运行后台作业和定时工作(spectown start 已自动带一个;可在多台机器上各开几个)。"

    def arguments(self, parser: CommandParser) -> None:
        """Own arguments."""
        parser.add_argument("--once", action="store_true", help="做完已在等待的作业就退出")

    def run(self, **options: Any) -> int:
        """Serve, or do what waits."""
        if options["once"]:
            run_waiting()
        else:
            JobWorker().serve()
        return FINE
