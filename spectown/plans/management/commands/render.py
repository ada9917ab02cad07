"""`spectown render KIND FACTS.json -o OUT`: an official document from its facts, without web and database."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from spectown.core.documentkinds.building import build
from spectown.core.documentkinds.common import sample
from spectown.core.documentkinds.facts import FactFault, FactsFault, schema
from spectown.core.documentkinds.language import LanguageFault
from spectown.core.documentkinds.model import Kind
from spectown.core.jsonfile import NotAnObject, object_from_json
from spectown.core.officialdoc.check import check
from spectown.core.officialdoc.tree import Document
from spectown.lib.commands import FINDINGS, FINE, ReportCommand
from spectown.lib.officialdoc.docx.render import render_docx
from spectown.lib.officialdoc.docx.styles import FONTS
from spectown.lib.officialdoc.pdf import render_pdf
from spectown.lib.officialdoc.refusal import Unrenderable
from spectown.plans.documentkinds import read_kinds
from spectown.plans.folder import FolderFault

DEFAULT_PLAN = Path(__file__).parents[4] / "plans" / "changzhi-2023"
FORMS = (".docx", ".pdf")


class InputFault(Exception):
    """The input cannot be used; `faults` says which facts, if the file itself could be read."""

    def __init__(self, message: str, faults: Iterable[FactFault] = ()) -> None:
        self.faults = tuple(faults)
        super().__init__(message)


class Command(ReportCommand):
    """Render one document, or say what a kind needs."""

    help = (
        "公文:由要素生成一份公文(.docx 或 .pdf),列出还缺的项和所用字体(退出码:0 完整,1 已生成但还缺项,2 输入无法使用)"
    )

    def arguments(self, parser: CommandParser) -> None:
        """Own arguments of the command."""
        parser.add_argument("kind", nargs="?", metavar="文种", help="文种的代号或名称,见 --list")
        parser.add_argument("facts", nargs="?", metavar="要素.json", help="要素,UTF-8 的 JSON;- 为标准输入")
        parser.add_argument("-o", "--output", type=Path, metavar="输出.docx|输出.pdf", help="写到哪个文件")
        parser.add_argument("--list", action="store_true", help="列出方案目录中的全部文种")
        parser.add_argument("--schema", metavar="文种", help="输出一个文种所需要素的 JSON Schema")
        parser.add_argument("--sample", metavar="文种", help="输出一个文种的示例要素,可存为 JSON 后修改")
        parser.add_argument(
            "--plan", type=Path, default=DEFAULT_PLAN, metavar="目录", help="方案目录,默认 plans/changzhi-2023"
        )

    def run(self, **options: Any) -> int:
        """Do the one thing that was asked for."""
        try:
            return self._run(**options)
        except InputFault as error:
            faults = [{"place": fault.place, "message": fault.message} for fault in error.faults]
            lines = [str(error), *(f"  {fault.place}:{fault.message}" for fault in error.faults)]
            message = str(error) if options["json"] else "\n".join(lines)
            return self.unusable(message, as_json=options["json"], faults=faults)

    def _run(self, **options: Any) -> int:
        asked = [options["kind"] is not None, options["list"], bool(options["schema"]), bool(options["sample"])]
        if sum(asked) != 1:
            raise InputFault("请给出文种和要素文件,或 --list、--schema、--sample 之一")
        kinds = plan_kinds(options["plan"])
        if options["list"]:
            return self._list(kinds, as_json=options["json"])
        kind = chosen(kinds, options["kind"] or options["schema"] or options["sample"])
        if options["schema"] or options["sample"]:
            self.print_json(schema(kind) if options["schema"] else sample(kind))
            return FINE
        return self._render(kind, options["facts"], options["output"], as_json=options["json"])

    def _list(self, kinds: dict[str, Kind], *, as_json: bool) -> int:
        if as_json:
            self.print_json([{"kind": k.kind, "label": k.label, "about": k.about} for k in kinds.values()])
        else:
            self.stdout.write("\n".join(f"{kind.kind}  {kind.label}:{kind.about}" for kind in kinds.values()))
        return FINE

    def _render(self, kind: Kind, facts: str | None, output: Path | None, *, as_json: bool) -> int:
        if facts is None or output is None:
            raise InputFault("请给出要素文件和输出文件:spectown render 文种 要素.json -o 输出.docx")
        if output.suffix.lower() not in FORMS:
            raise InputFault(f"输出文件 {output} 的后缀应为 .docx 或 .pdf")
        document = document_of(kind, read(facts), "标准输入" if facts == "-" else facts)
        data, fonts = rendered(document, output.suffix.lower())
        write(output, data)
        lacks = [str(reason) for reason in check(document)]
        if as_json:
            self.print_json({"file": str(output), "kind": kind.kind, "fonts": fonts, "lacks": lacks})
        else:
            used = "、".join(f"{face} {family}" for face, family in fonts.items())
            self.stdout.write("\n".join([f"{kind.label}已写入 {output}", f"字体:{used}", *lacking(lacks)]))
        return FINDINGS if lacks else FINE


def lacking(lacks: list[str]) -> list[str]:
    """What the document still lacks, as lines for people."""
    return [f"还缺 {len(lacks)} 项,补齐后方可签发:", *(f"  {lack}" for lack in lacks)] if lacks else []


def plan_kinds(folder: Path) -> dict[str, Kind]:
    """The kinds of the plan folder. Raises InputFault."""
    try:
        return read_kinds(folder)
    except (FolderFault, OSError) as error:
        raise InputFault(str(error)) from error


def chosen(kinds: dict[str, Kind], name: str) -> Kind:
    """The kind with this name or label. Raises InputFault."""
    for kind in kinds.values():
        if name in (kind.kind, kind.label):
            return kind
    raise InputFault(f"没有名为“{name}”的文种,可用的有:{'、'.join(f'{k.kind}({k.label})' for k in kinds.values())}")


def document_of(kind: Kind, data: bytes, name: str) -> Document:
    """The document from the JSON of its facts. Raises InputFault with every faulty fact."""
    try:
        return build(kind, object_from_json(data, '{"organs": ["…"]}'))
    except NotAnObject as error:
        raise InputFault(f"{name}:{error}") from error
    except FactsFault as error:
        raise InputFault(f"{name} 中{kind.label}的要素有 {len(error.faults)} 处问题", error.faults) from error
    except LanguageFault as error:
        raise InputFault(f"{kind.label}:{error}") from error


def rendered(document: Document, form: str) -> tuple[bytes, dict[str, str]]:
    """The file and the font of each face. Raises InputFault."""
    try:
        if form == ".docx":
            return render_docx(document), {face.value: name for face, name in FONTS.items()}
        pdf = render_pdf(document)
    except Unrenderable as error:
        raise InputFault(str(error)) from error
    lent = {f"“{char}”": family for char, family in pdf.lent.items()}
    return pdf.data, {face.value: family for face, family in pdf.fonts.items()} | lent


def read(path: str) -> bytes:
    """The bytes of a file, or of the standard input for "-". Raises InputFault."""
    try:
        return sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    except (OSError, ValueError) as error:
        raise InputFault(f"不能读取文件 {path},请核对路径和权限") from error


def write(path: Path, data: bytes) -> None:
    """Write the document. Raises InputFault."""
    try:
        path.write_bytes(data)
    except (OSError, ValueError) as error:
        raise InputFault(f"不能写入文件 {path},请核对目录和权限") from error
