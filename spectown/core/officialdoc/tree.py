"""The document tree of GB/T 9704-2012: 版头, 主体, 版记. Built from facts, rendered by spectown.lib.officialdoc."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from spectown.core.officialdoc.blocks import Block
from spectown.core.officialdoc.numbers import chinese_date


class Format(StrEnum):
    """Which of the standard's formats; FORM is a plain sheet (评审表, 证书) without 版头."""

    DOCUMENT = "文件"
    LETTER = "信函"
    MINUTES = "纪要"  # also 简报: a red mark, an issue number, a red line
    FORM = "表单"


@dataclass(frozen=True, slots=True)
class Head:
    """版头. `organs` are whole names as on the mark, the host first; `suffix` stands once, at their right."""

    organs: tuple[str, ...]
    suffix: str = "文件"  # empty: the organ's name alone (信函, 纪要)
    number: str = ""  # 发文字号: 长专镇办〔2026〕3号; of 纪要 and 简报 the issue: 第3期
    signers: tuple[str, ...] = ()  # 签发人, of a document to a superior only
    copy_number: str = ""  # 份号
    secrecy: str = ""  # 密级和保密期限: 秘密★1年
    urgency: str = ""  # 紧急程度: 特急, 加急
    left: str = ""  # of 纪要 and 简报: the organ that edits it, left on the line above the red one
    right: str = ""  # of 纪要 and 简报: its date, right on the same line


@dataclass(frozen=True, slots=True)
class Signature:
    """署名 and 成文日期; `stamped`: room is left for the seal over them; `stand_in`: printed in place of the date."""

    organs: tuple[str, ...]
    on: date | None
    stamped: bool = True
    stand_in: str = ""

    @property
    def day(self) -> str:
        """成文日期 as printed."""
        return self.stand_in or (chinese_date(self.on) if self.on else "")


@dataclass(frozen=True, slots=True)
class Attachment:
    """An annex on pages of its own; without blocks it is only named below the text (sent separately)."""

    title: str
    blocks: tuple[Block, ...] = ()
    landscape: bool = False


@dataclass(frozen=True, slots=True)
class Imprint:
    """版记: who gets copies, who printed it and when."""

    copies: tuple[str, ...] = ()  # 抄送机关, kinds divided by commas: see wording.group
    printer: str = ""
    printed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One official document. Parts that it lacks stay empty; `check` says which of them the format wants."""

    title: str  # a line break is a wish that is kept; otherwise titles.title_lines breaks it
    body: tuple[Block, ...]
    format: Format = Format.DOCUMENT
    head: Head | None = None
    recipients: tuple[str, ...] = ()  # 主送机关, kinds divided by commas: see wording.group
    signature: Signature | None = None
    attachments: tuple[Attachment, ...] = ()
    note: str = ""  # 附注, without its brackets
    imprint: Imprint | None = None
    frame: bool = False  # FORM only: a double line around the page (证书)

    @property
    def day(self) -> date | None:
        """The document's own day: 成文日期, else 印发日期."""
        signed = self.signature.on if self.signature else None
        return signed or (self.imprint.printed_on if self.imprint else None)
