"""The package for the province as one zip: summary and sources as a workbook, each town's bundle, list of files."""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections.abc import Callable, Sequence
from io import BytesIO

from django.utils import timezone

from spectown.certification.facts import fields_of
from spectown.lib.tables.sheet import Cell, Table, workbook
from spectown.rounds.models import CasePrint, CaseVersion, Decision, DueDocument, Round, Title
from spectown.web.rounds.duefacts.parts import sent_number, town_of
from spectown.web.rounds.figures import in_words
from spectown.web.rounds.printed import print_of

Said = Callable[[int, int, str], None]
SUMMARY, FILES = "推荐情况表.xlsx", "文件清单.txt"
HEAD = (
    "序号",
    "专业镇",
    "申报主体",
    "主导产业",
    "类别",
    "市级证书编号",
    "有效期至",
    "上年产值(万元)",
    "龙头企业(家)",
    "上下游配套(户)",
    "推荐理由",
)
SOURCES_HEAD = (
    "专业镇",
    "项目",
    "数值或内容",
    "来源",
    "系统清单对应数",
    "填报",
    "审核",
    "提交版本",
    "版本校验值(SHA-256)",
)


def package_of(round_: Round, versions: Sequence[CaseVersion], said: Said) -> tuple[str, bytes]:
    """Name and content of the zip."""
    files: dict[str, bytes] = {SUMMARY: workbook(_summary(round_, versions), _sources(round_, versions))}
    for number, version in enumerate(versions, 1):
        said(number - 1, len(versions) + 1, f"正在汇编第 {number} 个镇的材料")
        name = re.sub(r'[\\/:*?"<>|\s]', "_", town_of(version.case))
        files[f"{number:02}_{name}/申报材料汇编.pdf"] = _bundle(version)
    files[FILES] = _list(round_, files).encode("utf-8-sig")
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in files.items():
            packed.writestr(name, data)
    return f"{round_.name}材料({len(versions)}个).zip", buffer.getvalue()


def _bundle(version: CaseVersion) -> bytes:
    """The print that the county stamped where there is one, else the same made now."""
    kept = CasePrint.objects.filter(version=version).first()
    if kept is None:
        return print_of(version)[1]
    with kept.file.open("rb") as stream:
        return bytes(stream.read())


def _summary(round_: Round, versions: Sequence[CaseVersion]) -> Table:
    rows = [_line(number, version) for number, version in enumerate(versions, 1)]
    notes = [f"批次:{round_.name};生成日期:{timezone.localdate()};各项数值的来源见“数据来源”表。"]
    widths = (6, 22, 20, 18, 12, 20, 14, 16, 12, 14, 40)
    return Table("推荐情况表", "推荐参加省级专业镇遴选情况表", notes, HEAD, rows, (), widths, centred=2)


def _line(number: int, version: CaseVersion) -> list[Cell]:
    case = version.case
    title = Title.objects.filter(town=case.town_id, level="city").order_by("granted_on", "pk").last()
    decision = Decision.objects.filter(case=case, decided="recommend").order_by("pk").last()
    fields = {field.code: field for field in fields_of(case.application)}
    category = in_words(fields["category"], version.content["fields"].get("category"))
    figures = [sent_number(case, name) for name in ("output_wan", "leading_enterprises", "chain_partners")]
    until = f"{title.valid_to:%Y-%m-%d}" if title and title.valid_to else "没有规定"
    plain: list[Cell] = [number, town_of(case), case.unit.name, case.application.leading_industry, category]
    held: list[Cell] = [title.number if title else "", until]
    reported: list[Cell] = ["未报" if figure is None else figure for figure in figures]
    return [*plain, *held, *reported, "".join(decision.decided_reasons) if decision else ""]


def _sources(round_: Round, versions: Sequence[CaseVersion]) -> Table:
    rows = [row for version in versions for row in _figures(version)]
    notes = [
        "每一项都是县(区)提交并固定的版本中的内容,证明材料见各镇汇编;“系统清单对应数”为提交当日的计数。",
        f"生成日期:{timezone.localdate()}",
    ]
    widths = (22, 26, 40, 16, 14, 18, 18, 10, 40)
    return Table("数据来源", f"{round_.name}材料数据来源", notes, SOURCES_HEAD, rows, (), widths, centred=3)


def _figures(version: CaseVersion) -> list[list[Cell]]:
    """Every answer of the form with who filled and who certified it, and what the list said that day."""
    application, content = version.case.application, version.content
    counts = content.get("counts", {})
    filled = application.submitted_by.name if application.submitted_by else ""
    checked = application.checked_by.name if application.checked_by else ""
    day = f" {timezone.localtime(application.checked_at):%Y-%m-%d}" if application.checked_at else ""
    found: list[list[Cell]] = []
    for field in fields_of(application):
        value, counted = content["fields"].get(field.code), counts.get(field.code)
        if value is None and counted is None:
            continue
        source = "县(区)填报" if value is not None else "企业清单计数"
        text = in_words(field, value if value is not None else counted)
        listed = "" if counted is None else str(counted)
        who = [filled, f"{checked}{day}", f"第{version.number}版", version.sha256]
        found.append([town_of(version.case), field.heading, text, source, listed, *who])
    return found


def _list(round_: Round, files: dict[str, bytes]) -> str:
    letter = DueDocument.objects.filter(
        case__round=round_, kind="recommendation_letter", document__isnull=False
    ).select_related("document")
    made = {each.document.pk: each.document for each in letter if each.document}
    letters = [f"{each.number or '未编号'} {each.title}({each.get_state_display()})" for each in made.values()]
    lines = [f"{round_.name}材料包", f"生成:{timezone.localtime():%Y-%m-%d %H:%M}"]
    lines += [f"推荐函:{each}" for each in letters or ["还没有起草"]]
    lines += ["", "文件,字节,SHA-256"]
    lines += [f"{name},{len(data)},{hashlib.sha256(data).hexdigest()}" for name, data in files.items()]
    return "\r\n".join(lines) + "\r\n"
