"""spectown start: everything between an empty folder and a running server."""

from __future__ import annotations

import os
import socket
import sys
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandParser

from spectown.accounts.models import Installation
from spectown.lib.commands import FINE, ReportCommand
from spectown.plans.folder import FolderFault, read_folder
from spectown.plans.models import PlanVersion
from spectown.towns.management.commands.load_plan import load
from spectown.web.demo import NotDemo, demo_accounts, load_demo, password
from spectown.web.supervisor import web_command

LOOPBACK = {"127.0.0.1", "localhost", "::1"}


class Command(ReportCommand):
    """Prepare the database and serve."""

    help = "准备数据库、装入方案和演示数据,然后启动服务(make run 即运行本命令)。"

    def arguments(self, parser: CommandParser) -> None:
        """Own arguments."""
        parser.add_argument("--prepare-only", action="store_true", help="只准备,不启动服务")

    def run(self, **options: Any) -> int:
        """Prepare, say where it is, hand over to the application server and the worker."""
        host, port, demo = settings.HOST, settings.PORT, settings.DEMO
        if demo and host not in LOOPBACK and not settings.DEMO_PASSWORD:
            self.refuse("对外监听时演示账号不能用文档所列口令:请设置 DEMO_PASSWORD,或设置 DEMO=0。")
        if not options["prepare_only"]:
            self._require_free(host, port)
        call_command("migrate", interactive=False, verbosity=0)
        try:
            self._plan()
            self._kind_of_data(demo)
        except (FolderFault, NotDemo) as error:
            return self.unusable(str(error), as_json=options["json"])
        if options["prepare_only"]:
            return FINE
        self._announce(host, port)
        self._serve(host, port)
        return FINE

    def _require_free(self, host: str, port: int) -> None:
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError as error:
                self.refuse(
                    f"不能在 {host}:{port} 监听({error.strerror})。请换一个端口,例如 PORT={port + 1} make run。"
                )

    def _plan(self) -> None:
        """Load the plan of PLAN_DIR into an empty system; a version that was loaded later is never put aside."""
        current = PlanVersion.objects.current()
        folder = read_folder(settings.PLAN_DIR)
        if current is None:
            current = load(folder)[0].version
        elif not PlanVersion.objects.filter(digest=folder.digest).exists():
            self.stdout.write(f"方案文件夹 {settings.PLAN_DIR} 与现行版本不同。要启用,请运行 spectown load_plan。")
        self.stdout.write(f"方案:{current}")

    def _kind_of_data(self, demo: bool) -> None:
        if demo:
            load_demo()
        else:
            Installation.objects.get_or_create(pk=1, defaults={"mode": Installation.Mode.PRODUCTION})

    def _announce(self, host: str, port: int) -> None:
        shown = f"[{host}]" if ":" in host else host
        self.stdout.write(f"专镇通已就绪:http://{shown}:{port}/")
        installation = Installation.objects.get(pk=1)
        if installation.mode == Installation.Mode.DEMO:
            self.stdout.write(f"演示账号(口令均为 {password()}):")
            for account in demo_accounts():
                self.stdout.write(f"  {account['username']:<20}{account['name']}")
        self.stdout.write("按 Ctrl+C 停止。")
        self.stdout.flush()

    def _serve(self, host: str, port: int) -> None:
        shown = f"[{host}]" if ":" in host else host
        address, workers = f"{shown}:{port}", str(settings.WORKERS)
        both = [sys.executable, "-m", "spectown.web.supervisor", address, workers]
        os.execv(sys.executable, both if settings.WORKER else web_command(address, workers))
