"""spectown load_demo."""

from __future__ import annotations

from typing import Any

from spectown.lib.commands import FINE, ReportCommand
from spectown.web.demo import NotDemo, demo_accounts, load_demo


class Command(ReportCommand):
    """Load demonstration data."""

    help = "装入演示数据(虚构,各页有标记);存放正式数据的库会拒绝。"

    def run(self, **options: Any) -> int:
        """Load once."""
        try:
            fresh = load_demo()
        except NotDemo as error:
            return self.unusable(str(error), as_json=options["json"])
        accounts = [account["username"] for account in demo_accounts()]
        if options["json"]:
            self.print_json({"loaded": fresh, "accounts": accounts})
        else:
            self.stdout.write(f"演示数据{'已装入' if fresh else '此前已装入,没有变化'}:{len(accounts)} 个账号。")
        return FINE
