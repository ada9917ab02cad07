"""spectown verify_audit."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from spectown.audit.models import ChainHead, Event
from spectown.audit.services import breaches
from spectown.lib.commands import FINDINGS, FINE, ReportCommand


class Command(ReportCommand):
    """Check the whole audit chain."""

    help = "核验操作日志链:逐条重算校验值,找出任何改动、删除、插入或截断。"

    def arguments(self, parser: CommandParser) -> None:
        """Own arguments."""
        parser.add_argument("--expect", default="", metavar="校验值", help="此前记下的最后校验值,须仍在日志中")

    def run(self, **options: Any) -> int:
        """Report every breach."""
        found = list(breaches(options["expect"]))
        head = ChainHead.objects.filter(pk=1).first()
        last = head.digest if head else ""
        if options["json"]:
            rows = [{"seq": b.seq, "at": b.at.isoformat() if b.at else None, "message": b.message} for b in found]
            self.print_json({"events": Event.objects.count(), "last_digest": last, "breaches": rows})
        else:
            for breach in found:
                self.stdout.write(f"第 {breach.seq} 条:{breach.message}")
            verdict = f"发现 {len(found)} 处问题" if found else "全部完好"
            self.stdout.write(f"共 {Event.objects.count()} 条,{verdict}。")
            self.stdout.write(f"最后校验值(请另处记下):{last}")
        return FINDINGS if found else FINE
