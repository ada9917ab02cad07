"""The layout that a draft chooses."""

from __future__ import annotations

from dataclasses import dataclass

from spectown.documents.models import OfficialDocument, OwnTemplate
from spectown.lib.refusal import Refused


@dataclass(frozen=True, slots=True)
class Layout:
    """An own template, or None for the system's layout."""

    template: OwnTemplate | None = None


def chosen_template(layout: Layout | None, kind: str) -> OwnTemplate | None:
    """The template, if a draft of this kind may choose it. Raises Refused."""
    template = layout.template if layout else None
    if template and not OwnTemplate.objects.usable_for(kind).filter(pk=template.pk).exists():
        raise Refused(f"模板“{template.name}”没有在用,或不是这个文种的,请改选。")
    return template


def layout_said(document: OfficialDocument) -> dict[str, str]:
    """What the log says of the layout."""
    template = document.template
    return {"template": f"{template.name} {template.sha256}" if template else "系统版式"}
