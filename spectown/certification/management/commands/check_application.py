"""`spectown check_application`: the pre-certification check without the web and without the database."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from spectown.certification.workbook import marked_copy, read_upload, template
from spectown.core.certification.check import check
from spectown.core.certification.criteria import CriteriaError, CriteriaSet, criteria_from_mapping
from spectown.core.certification.outcomes import Outcome, Overall
from spectown.core.certification.result import CheckResult
from spectown.core.certification.validate import Fault, Reading, read_answers
from spectown.core.jsonfile import NotAnObject, object_from_json
from spectown.lib.commands import FINDINGS, FINE, ReportCommand
from spectown.lib.excel.faults import CellFault, WorkbookRefusedError
from spectown.plans.folder import FolderFault, mapping

DEFAULT_PLAN = Path(__file__).parents[4] / "plans" / "changzhi-2023"


class InputFault(Exception):
    """The input cannot be used; `faults` says which values, if the file itself could be read."""

    def __init__(self, message: str, faults: Iterable[Fault | CellFault] = ()) -> None:
        self.faults = tuple(faults)
        super().__init__(message)


class Command(ReportCommand):
    """Check an application, or write the empty template."""

    help = "预审:核对申报书是否符合市级专业镇条件,列出还差什么(退出码:0 符合,1 尚不符合或待定,2 文件无法使用)"

    def arguments(self, parser: CommandParser) -> None:
        """Own arguments of the command."""
        parser.add_argument("file", nargs="?", type=Path, metavar="文件.xlsx", help="按模板填写的申报书")
        parser.add_argument("--json-in", type=Path, metavar="文件.json", help="以 JSON 填写的申报书")
        parser.add_argument("--template", type=Path, metavar="输出.xlsx", help="写出空白模板")
        parser.add_argument("--marked", type=Path, metavar="输出.xlsx", help="有问题时写出标注副本")
        parser.add_argument(
            "--plan", type=Path, default=DEFAULT_PLAN, metavar="目录", help="方案目录,默认 plans/changzhi-2023"
        )
        parser.add_argument(
            "--date",
            type=datetime.date.fromisoformat,
            default=None,
            metavar="日期",
            help="按哪一天的标准核对,如 2026-11-23,默认今天",
        )

    def run(self, **options: Any) -> int:
        """Do what was asked for; at least one of file, --json-in and --template."""
        try:
            return self._run(**options)
        except InputFault as error:
            faults = [fault.as_dict() for fault in error.faults]
            lines = [str(error), *(fault["message"] for fault in faults)]
            message = str(error) if options["json"] else "\n".join(lines)
            return self.unusable(message, as_json=options["json"], faults=faults)

    def _run(self, **options: Any) -> int:
        file, json_in, out = options["file"], options["json_in"], options["template"]
        if (file is not None) + (json_in is not None) + (out is not None) != 1:
            raise InputFault("请给出一个申报书文件、--json-in 或 --template,三者只能选一个")
        criteria = read_criteria(options["plan"])
        if out is not None:
            write(out, template(criteria))
            return self._template_written(out, as_json=options["json"])
        reading = read_workbook(file, criteria, options["marked"]) if file is not None else read_json(json_in, criteria)
        day = options["date"] or datetime.date.today()
        result = check(reading.answers, criteria, on=day, warnings=reading.warnings)
        if options["json"]:
            self.print_json(result.as_dict())
        else:
            self.stdout.write("\n".join(report(result)))
        return FINE if result.overall is Overall.QUALIFIES else FINDINGS

    def _template_written(self, out: Path, *, as_json: bool) -> int:
        if as_json:
            self.print_json({"template": str(out)})
        else:
            self.stdout.write(f"空白模板已写入 {out}")
        return FINE


def read_criteria(folder: Path) -> CriteriaSet:
    """Read criteria.yaml and categories.yaml of a plan folder. Raises InputFault."""
    try:
        files = [mapping(folder, name, required=True) for name in ("criteria.yaml", "categories.yaml")]
        return criteria_from_mapping(*files)
    except (FolderFault, CriteriaError, OSError) as error:
        raise InputFault(str(error)) from error


def read_json(path: Path, criteria: CriteriaSet) -> Reading:
    """Read answers from JSON. Raises InputFault with every fault."""
    try:
        reading = read_answers(object_from_json(read(path)), criteria)
    except NotAnObject as error:
        raise InputFault(f"{path.name}:{error}") from error
    if reading.faults:
        raise InputFault(f"{path.name} 有 {len(reading.faults)} 处需要更正", reading.faults)
    return reading


def read_workbook(path: Path, criteria: CriteriaSet, marked: Path | None) -> Reading:
    """Read answers from a workbook, writing the marked copy if asked. Raises InputFault with every fault."""
    data = read(path)
    try:
        upload = read_upload(data, criteria)
        if upload.faults and marked is not None:
            write(marked, marked_copy(data, upload))
    except WorkbookRefusedError as error:
        raise InputFault(f"{path.name}:{error}") from error
    if upload.faults:
        copy = f",标注副本已写入 {marked}" if marked is not None else ""
        raise InputFault(f"{path.name} 有 {len(upload.faults)} 处需要更正{copy}", upload.faults)
    return upload.reading


def read(path: Path) -> bytes:
    """Read a file. Raises InputFault."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputFault(f"不能读取文件 {path},请核对路径和权限") from error


def write(path: Path, data: bytes) -> None:
    """Write a file. Raises InputFault."""
    try:
        path.write_bytes(data)
    except OSError as error:
        raise InputFault(f"不能写入文件 {path},请核对目录和权限") from error


def report(result: CheckResult) -> Iterable[str]:
    """Yield the result as lines for people."""
    yield f"预审结论:{result.overall.label}"
    for path in result.paths.values():
        yield f"\n{path.rule.label}(方案 {path.rule.clause}):{path.overall.label}"
        for finding in path.findings:
            if finding.outcome is not Outcome.MET:
                yield f"  [{finding.outcome.label}] {finding.clause} {finding.criterion.title}:{finding.message}"
        yield f"  已满足 {path.counts[Outcome.MET]} 项,共 {len(path.findings)} 项"
    if result.missing:
        yield f"\n还差什么(按{result.paths[result.nearest].rule.label}):"
        for number, need in enumerate(result.missing, start=1):
            yield f"  {number}. {need.message}(方案 {need.clause})"
    held = [each.label for each in result.priority if each.held]
    yield f"\n优先评定因素:{'、'.join(held) if held else '没有填报'}"
    yield from (f"提醒:{warning}" for warning in result.warnings)
