"""`spectown parse_plan FILE [--json]`: a plan document becomes structure."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from spectown.core.plandoc import PlanDocument, exit_code, parse_bytes, summary, unreadable


class Command(BaseCommand):
    """Thin wrapper: reads the file, prints, exits with 0 (fine), 1 (problems) or 2 (unusable)."""

    help = "读取方案文件(txt、html、docx、pdf),列出条款、任务、责任单位、目标、条件、成员和专业镇。"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("file", metavar="文件", help="方案文件的路径")
        parser.add_argument("--json", action="store_true", dest="as_json", help="只输出 JSON(结构见参考文档)")
        parser.add_argument("--text", action="store_true", help="JSON 中附上全文(各处位置以此全文计)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Parse and print; the exit code is set by SystemExit only when it is not 0."""
        plan = _read(Path(options["file"]))
        if options["as_json"]:
            data = plan.as_dict(with_text=options["text"])
            self.stdout.write(json.dumps(data, ensure_ascii=False, indent=2))
        else:
            self.stdout.write("\n".join(summary.lines(plan)))
        code = exit_code(plan)
        if code:
            raise SystemExit(code)


def _read(path: Path) -> PlanDocument:
    try:
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        return unreadable(f"文件打不开:{path}({type(error).__name__})")
    return parse_bytes(data, path.name)
