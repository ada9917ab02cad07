"""What all pages that change a draft of a scheme share: what was typed, the edition, one change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import Http404

from spectown.evaluation.models import Scheme
from spectown.evaluation.services import scheming
from spectown.web.evaluation.schemeseen import is_open
from spectown.web.http import Request

BOTH = ["GET", "POST"]
Change = Callable[[Mapping[str, Any]], Mapping[str, Any]]


def sent(request: Request) -> Any:
    """What was sent, even where it is empty; None where the form is only opened."""
    return request.POST if request.method == "POST" else None


def edition(request: Request, draft: Scheme) -> int:
    """The edition that the person had before their eyes."""
    typed = request.POST.get("edition", "")
    return int(typed) if typed.isdecimal() and len(typed) < 9 else draft.edition


def shown_edition(request: Request, draft: Scheme, *, refused: bool) -> int:
    """What the form carries on: the present one where a refusal has just told of somebody else's change."""
    return draft.edition if refused else edition(request, draft)


def require_open(request: Request, draft: Scheme) -> None:
    """404 where it is no draft any more."""
    if not is_open(request, draft):
        raise Http404(f"方案稿{draft.state_label},不能改动")


def changed(request: Request, draft: Scheme, change: Change, label: str) -> Scheme:
    """Make one change of the draft."""
    return scheming.edit(scheme=draft, edition=edition(request, draft), change=change, label=label, by=request.actor)
