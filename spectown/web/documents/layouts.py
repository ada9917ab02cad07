"""The layout of a draft as the form offers it: the system's, or an own template in use."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict

from spectown.core.documentkinds.model import Kind
from spectown.documents.models import OfficialDocument, OwnTemplate
from spectown.documents.services.layout import Layout
from spectown.lib.officialdoc.own.soffice import offered
from spectown.lib.refusal import Refused
from spectown.web.documents.shown import day
from spectown.web.http import Request

NAME, SYSTEM = "layout", "system"


@dataclass(frozen=True, slots=True)
class Choices:
    """Options (value, words) and the chosen one; none where the kind has no template to choose."""

    options: list[tuple[str, str]]
    chosen: str
    retired: bool
    pdf_offered: bool


def chosen_layout(data: QueryDict) -> Layout | None:
    """What was chosen; None where nothing was asked. Raises Refused."""
    value = data.get(NAME, "")
    if not value:
        return None
    if value == SYSTEM:
        return Layout()
    number = int(value) if value.isdecimal() and len(value) < 12 else 0
    template = OwnTemplate.objects.filter(pk=number).first()
    if template is None:
        raise Refused("所选的模板已经不在,请改选。")
    return Layout(template)


def layout_choices(request: Request, kind: Kind, document: OfficialDocument | None) -> Choices:
    """For the form of a draft."""
    usable = OwnTemplate.objects.visible_to(request.actor).usable_for(kind.kind)
    options = [(str(each.pk), f"{each.name}({day(each.activated_at)} 启用)") for each in usable]
    present = document.template if document else None
    retired = present is not None and str(present.pk) not in dict(options)
    if present and retired:
        options.append((str(present.pk), f"{present.name}(已停用,请改选)"))
    chosen = request.POST.get(NAME) or (str(present.pk) if present else SYSTEM)
    return Choices([(SYSTEM, "系统版式(GB/T 9704)"), *options] if options else [], chosen, retired, offered())
