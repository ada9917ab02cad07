"""`spectown rank DATA.xlsx --scheme SCHEME.yaml`: scores, ranks and how sure they are, without web and database."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml
from django.core.management.base import CommandParser

from spectown.core.evaluation.boards import Board
from spectown.core.evaluation.checkup import check_up
from spectown.core.evaluation.evaluating import evaluate
from spectown.core.evaluation.reading import read_scheme
from spectown.core.evaluation.report import as_json
from spectown.core.evaluation.scheme import Scheme
from spectown.core.evaluation.table import Table, Unusable
from spectown.evaluation.reading import read_table
from spectown.evaluation.workbook import HEADS, as_workbook, told
from spectown.lib.commands import FINDINGS, FINE, ReportCommand
from spectown.lib.filefaults import why


class Command(ReportCommand):
    """Rank the rows of a table."""

    help = "评估:按方案给表中各行打分、排名,给出名次区间(退出码:0 正常,1 方案体检有提示,2 输入无法使用)"

    def arguments(self, parser: CommandParser) -> None:
        """Own arguments of the command."""
        parser.add_argument("data", type=Path, metavar="数据.xlsx", help="第一行列名,第一列名称,其余指标;可用 .csv")
        parser.add_argument("--scheme", type=Path, metavar="方案.yaml", help="评估方案;不给时各数值列同等重要")
        parser.add_argument("--certified", type=Path, metavar="核定数.xlsx", help="同样的表,填主管部门核定的数")
        parser.add_argument("--draws", type=int, metavar="次数", help="抽样次数,默认按方案(10000)")
        parser.add_argument("--seed", type=int, metavar="种子", help="随机种子,默认按方案")
        parser.add_argument("--xlsx", type=Path, metavar="结果.xlsx", help="把结果写成工作簿")

    def run(self, **options: Any) -> int:
        """Read, evaluate, show."""
        try:
            table = read_table(options["data"])
            scheme = _drawn(read_scheme(_yaml(options["scheme"]), table), options["draws"], options["seed"])
            boards = evaluate(table, scheme, _certified(options["certified"], table))
            remarks = check_up(scheme, table, boards)
            if options["xlsx"]:
                _put(options["xlsx"], as_workbook(scheme, boards, remarks))
        except Unusable as error:
            return self.unusable(str(error), as_json=options["json"])
        if options["json"]:
            self.print_json(as_json(scheme, boards, remarks))
        else:
            self._show(boards)
            for remark in remarks:
                self.stdout.write(f"提示:{remark.text}")
        return FINDINGS if remarks else FINE

    def _show(self, boards: list[Board]) -> None:
        for board in boards:
            if board.name:
                self.stdout.write(f"【{board.name}】")
            self.stdout.write("\t".join(HEADS))
            for row in board.rows:
                self.stdout.write("\t".join("" if cell is None else str(cell) for cell in told(row)))


def _yaml(path: Path | None) -> dict[str, Any]:
    if path is None:
        return {}
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise Unusable(f"不能读取 {path}({why(error)})。") from error
    except UnicodeDecodeError as error:
        raise Unusable(f"{path.name} 不是 UTF-8 编码的文本。") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"第 {mark.line + 1} 行第 {mark.column + 1} 列" if mark else ""
        raise Unusable(f"{path.name} {place}写法不对,不是 YAML,请检查缩进、冒号和括号。") from error
    if data is not None and not isinstance(data, dict):
        raise Unusable(f"{path.name} 的最外层应是“名称: 值”的形式。")
    return data or {}


def _drawn(scheme: Scheme, draws: int | None, seed: int | None) -> Scheme:
    own = scheme.robustness
    if draws is not None and not 1 <= draws <= 1_000_000:
        raise Unusable("--draws 须在 1 到 1000000 之间。")
    if seed is not None and seed < 0:
        raise Unusable("--seed 不能为负。")
    seed, draws = own.seed if seed is None else seed, draws or own.draws
    return replace(scheme, robustness=replace(own, draws=draws, seed=seed))


def _certified(path: Path | None, table: Table) -> Table | None:
    if path is None:
        return None
    other = read_table(path)
    if set(other.names) != set(table.names):
        odd = sorted(set(other.names) ^ set(table.names))
        raise Unusable(f"{path.name} 与数据表的名称不一致:{'、'.join(odd[:5])}。")
    return other.in_order_of(table.names)


def _put(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except FileNotFoundError as error:
        raise Unusable(f"不能写 {path}:文件夹 {path.parent} 不存在,请先建立或换一个文件夹。") from error
    except OSError as error:
        raise Unusable(f"不能写 {path}({why(error)})。") from error
