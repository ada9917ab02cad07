"""`spectown verify_evaluation 封存包.zip`: all worked out again from the file alone, without web and database."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy
from django.core.management.base import CommandParser

from spectown.core.evaluation.table import Unusable
from spectown.core.evaluation.verifying import Verdict, verify
from spectown.lib.commands import FINDINGS, FINE, ReportCommand
from spectown.lib.filefaults import why


class Command(ReportCommand):
    """Verify a sealed package."""

    help = "核验年度评估封存包:校验值、按快照和方案重新计算(退出码:0 相符,1 有不符,2 不是封存包)"

    def arguments(self, parser: CommandParser) -> None:
        """Own arguments of the command."""
        parser.add_argument("package", type=Path, metavar="封存包.zip", help="公布结果时一并公布的封存包")
        parser.add_argument("--sha256", default="", metavar="校验值", help="公布的 SHA-256,与文件的比对")

    def run(self, **options: Any) -> int:
        """Read, verify, tell."""
        path: Path = options["package"]
        try:
            verdict = verify(path.read_bytes())
        except OSError as error:
            return self.unusable(f"不能读取 {path}({why(error)})。", as_json=options["json"])
        except Unusable as error:
            return self.unusable(f"{path.name}:{error}", as_json=options["json"])
        faults = [*_published(options["sha256"], verdict), *verdict.faults]
        if options["json"]:
            said = {
                "year": verdict.year,
                "label": verdict.label,
                "towns": verdict.towns,
                "sha256": verdict.digest,
                "faults": faults,
            }
            self.print_json(said)
        else:
            self._tell(verdict, faults)
            if not options["sha256"]:
                self.stdout.write(
                    "没有给出公布的校验值(--sha256):理由、来源、署名等文字是否原样,须与公布的 SHA-256 比对。"
                )
        return FINDINGS if faults else FINE

    def _tell(self, verdict: Verdict, faults: list[str]) -> None:
        label = f"({verdict.label})" if verdict.label else ""
        self.stdout.write(f"{verdict.year}年度评估{label},{verdict.towns} 个专业镇。文件的 SHA-256:{verdict.digest}")
        if verdict.sealed_with not in ("", numpy.__version__):
            self.stdout.write(f"封存时用 NumPy {verdict.sealed_with},本机是 {numpy.__version__}。")
        for fault in faults:
            self.stdout.write(f"不符:{fault}")
        self.stdout.write(
            f"核验不通过,{len(faults)} 处不符。" if faults else "核验通过:各部分完整,重新计算的结果完全相同。"
        )


def _published(expected: str, verdict: Verdict) -> list[str]:
    wanted = expected.strip().lower()
    same = not wanted or wanted == verdict.digest
    return [] if same else [f"文件的 SHA-256 是 {verdict.digest},与公布的 {wanted} 不同:不是公布的那一份。"]
