"""spectown run_due: everything that the day asks: due reports, deadlines, lights, reminders."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from spectown.accounts.models import User
from spectown.lib.commands import FINE, ReportCommand
from spectown.lib.refusal import Refused
from spectown.outbox.posting import Posting
from spectown.outbox.registry import label_of
from spectown.supervision.due import Outcome, run_due

WORDS = (
    ("opened", "新到期的进展报告"),
    ("works", "在办事项"),
    ("moved", "因放假安排变动的期限"),
    ("lights", "灯或原因有变化"),
    ("reminders", "提醒"),
    ("messages", "消息"),
    ("looked", "比对的督办成效"),
    ("passed_on", "其中因无人在岗改送上一级"),
    ("nobody", "其中无人可送"),
)
MOST = 200


class Command(ReportCommand):
    """Run the day once."""

    help = "办理当天到期的全部工作:到期报告、期限、亮灯、提醒。可重复运行,同一提醒不会发第二次;消息由后台作业发出。"

    def arguments(self, parser: CommandParser) -> None:
        """Own arguments."""
        parser.add_argument("--on", type=datetime.date.fromisoformat, metavar="日期", help="按哪一天办理,缺省为今天")
        parser.add_argument("--dry-run", action="store_true", help="只列出会办什么、提醒会送给谁,不写入")

    def run(self, **options: Any) -> int:
        """Do it, say what was done."""
        on, dry = options["on"] or timezone.localdate(), options["dry_run"]
        try:
            outcome = run_due(on, dry=dry)
        except Refused as refusal:
            return self.unusable(str(refusal), as_json=options["json"])
        lines = list(_lines(outcome.posted[:MOST]))
        if options["json"]:
            self.print_json({"on": on.isoformat(), "dry_run": dry, **outcome.counts(), "receivers": lines})
        else:
            self._say(on, dry, outcome, lines)
        return FINE

    def _say(self, on: datetime.date, dry: bool, outcome: Outcome, lines: Sequence[dict[str, Any]]) -> None:
        counts = outcome.counts()
        self.stdout.write(f"{on} {'(只看,不写入)' if dry else '已办理'}")
        for name, label in WORDS:
            self.stdout.write(f"  {label}:{counts[name]}")
        for line in lines:
            self.stdout.write(f"  {line['kind']} → {line['receiver']}:{line['title']} {line['note']}".rstrip())
        if len(outcome.posted) > MOST:
            self.stdout.write(f"  只列前 {MOST} 条,共 {len(outcome.posted)} 条。")


def _lines(posted: Sequence[tuple[Posting, str]]) -> list[dict[str, Any]]:
    users = User.objects.in_bulk({each.receiver_id for each, _ in posted if each.receiver_id})
    return [
        {
            "kind": label_of(each.kind),
            "receiver": users[each.receiver_id].name if each.receiver_id in users else "无人可送",
            "meant": each.meant_for,
            "title": title,
            "note": each.note,
        }
        for each, title in posted
    ]
