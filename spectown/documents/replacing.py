"""With what a new document begins that corrects or repeals an issued one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from spectown.documents.enums import Replacement, TemplateState
from spectown.documents.kinds import current_kinds
from spectown.documents.models import OfficialDocument, OwnTemplate

PLAIN = "free_notice"  # 通知: its heading and text are the drafter's
REPLACES = "本文更正并替代"
OF_ITS_DAY = ("on", "printed_on", "serial")
OF_THE_SENDER = ("organs", "recipients", "copies", "code", "printer")


@dataclass(frozen=True, slots=True)
class Beginning:
    """Kind, facts and own template of the new draft."""

    kind: str
    facts: dict[str, Any]
    template: OwnTemplate | None = None


def beginning(old: OfficialDocument, how: Replacement) -> Beginning:
    """A correction begins as a copy; 废止 as a plain notice that says so, where the plan has that kind."""
    if how == Replacement.REPEAL and _can_say():
        kept = {name: old.facts[name] for name in OF_THE_SENDER if old.facts.get(name)}
        return Beginning(PLAIN, kept | _repeal(old))
    template = old.template if old.template and old.template.state == TemplateState.ACTIVE else None
    kept = {name: old.facts[name] for name in old.facts if name not in OF_ITS_DAY}
    return Beginning(old.kind, kept | _remark(old), template)


def _remark(old: OfficialDocument) -> dict[str, str]:
    """The 附注 of a correction says on paper what it stands for, after what the old one said there."""
    if not old.number:
        return {}
    before = str(old.facts.get("remark") or "").partition(REPLACES)[0].rstrip("; \uff1b")
    said = f"{REPLACES}{old.number}"  # short: a line more may need another page
    return {"remark": f"{before};{said}" if before else said}


def _can_say() -> bool:
    kind = current_kinds().get(PLAIN)
    return kind is not None and {"heading", "text"} <= {fact.name for fact in kind.facts}


def _repeal(old: OfficialDocument) -> dict[str, str]:
    number = f"({old.number})" if old.number else ""
    text = f"现决定废止《{old.title}》{number},自本通知印发之日起不再执行。"
    return {"heading": f"关于废止《{old.title}》的通知", "text": text}
