"""spectown load_demo."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from spectown.lib.commands import FINE, ReportCommand
from spectown.web.demo import NotDemo, demo_accounts, load_demo
from spectown.web.democity.loading import ENTERPRISES

MOST = 1_000_000


class Command(ReportCommand):
    """Load demonstration data."""

    help = "装入演示数据(虚构,各页有标记);存放正式数据的库会拒绝。"

    def arguments(self, parser: CommandParser) -> None:
        """Own arguments."""
        parser.add_argument(
            "--scale", type=int, default=ENTERPRISES, metavar="户数", help=f"企业户数,默认 {ENTERPRISES},最多 {MOST}"
        )

    def run(self, **options: Any) -> int:
        """Load once."""
        if not 1 <= options["scale"] <= MOST:
            self.refuse(f"--scale 应为 1 到 {MOST} 的整数,现为 {options['scale']}。")
        try:
            fresh = load_demo(options["scale"])
        except NotDemo as error:
            return self.unusable(str(error), as_json=options["json"])
        accounts = [account["username"] for account in demo_accounts()]
        if options["json"]:
            self.print_json({"loaded": fresh, "accounts": accounts})
        else:
            self.stdout.write(f"演示数据{'已装入' if fresh else '此前已装入,没有变化'}:{len(accounts)} 个账号。")
        return FINE
