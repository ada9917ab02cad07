"""spectown init."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management import call_command

from spectown.lib.commands import FINE, ReportCommand
from spectown.plans.folder import FolderFault, read_folder
from spectown.plans.models import PlanVersion
from spectown.towns.management.commands.load_plan import load
from spectown.web.installation import WrongKind, make_production

NEXT = "下一步:用 spectown create_user 分别建立系统、安全、审计三个管理员,再以 DEMO=0 spectown start 启动。"


class Command(ReportCommand):
    """Prepare a database for real work."""

    help = "建立正式库:建表、装入方案,并标明存放正式数据;库中已有演示数据时拒绝。"

    def run(self, **options: Any) -> int:
        """Migrate, mark, load the plan where there is none; twice is the same as once."""
        call_command("migrate", interactive=False, verbosity=0)
        try:
            fresh = make_production()
            current = PlanVersion.objects.current() or load(read_folder(settings.PLAN_DIR))[0].version
        except (WrongKind, FolderFault) as error:
            return self.unusable(str(error), as_json=options["json"])
        if options["json"]:
            self.print_json({"fresh": fresh, "plan": str(current)})
        else:
            self.stdout.write(f"正式库{'已建立' if fresh else '此前已建立,没有变化'}。方案:{current}\n{NEXT}")
        return FINE
