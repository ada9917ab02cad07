"""`spectown parse_plan FILE [--json]`: a plan document becomes structure."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from spectown.core.plandoc import PlanDocument, exit_code, parse_bytes, summary, unreadable
from spectown.lib.commands import ReportCommand


class Command(ReportCommand):
    """Thin wrapper: reads the file, prints, exits with 0 (fine), 1 (problems) or 2 (unusable)."""

    help = "读取方案文件(txt、html、docx、pdf),列出条款、任务、责任单位、目标、条件、成员和专业镇。"

    def arguments(self, parser: CommandParser) -> None:
        """Own arguments."""
        parser.add_argument("file", metavar="文件", help="方案文件的路径")
        parser.add_argument("--text", action="store_true", help="JSON 中附上全文(各处位置以此全文计)")

    def run(self, **options: Any) -> int:
        """Parse and print."""
        plan = _read(Path(options["file"]))
        if options["json"]:
            self.print_json(plan.as_dict(with_text=options["text"]))
        else:
            self.stdout.write("\n".join(summary.lines(plan)))
        return exit_code(plan)


def _read(path: Path) -> PlanDocument:
    try:
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        return unreadable(f"文件打不开:{path}({type(error).__name__})")
    return parse_bytes(data, path.name)
