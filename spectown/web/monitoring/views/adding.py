"""The office adds a report form or a rule that nobody thought of until now."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from spectown.accounts.permissions import Permission
from spectown.core.periods import Every, period_of
from spectown.monitoring.enums import DefinitionKind
from spectown.monitoring.services import defining
from spectown.web.http import Request, needs
from spectown.web.monitoring.changing import About, changed, sent
from spectown.web.monitoring.newforms import OF_KIND, NewFormForm, NewRuleForm
from spectown.web.monitoring.views.defining import BOTH
from spectown.web.monitoring.views.reportforms import KINDS

FORM, CHECK = DefinitionKind.FORM, DefinitionKind.CHECK


@require_http_methods(BOTH)
@needs(Permission.INDICATOR_MANAGE)
def form_new(request: Request, every: str) -> HttpResponse:
    """A report form of a frequency: name, days, which indicators, from which period on."""
    if every not in set(Every):
        raise Http404("没有这种报送频率")
    often = Every(every)
    filled = NewFormForm(sent(request), every=often, first=period_of(timezone.localdate(), often))
    says = "填组名的指标加入这张报表,次序从小到大。要填报的数已在别的报表里的不列出:同一个数不填两次。"
    done = reverse("monitoring:catalogue")
    about = About(f"新增{often.label}报", says, done, (), "monitoring/reportform_edit.html")
    return changed(request, filled, lambda: defining.added(filled.values, FORM), about)


@require_http_methods(BOTH)
@needs(Permission.INDICATOR_MANAGE)
def rule_new(request: Request, kind: str) -> HttpResponse:
    """A rule of a kind: which figures, which bounds, how strict, what it says."""
    if kind not in OF_KIND:
        raise Http404("没有这种校验规则")
    filled = NewRuleForm(sent(request), kind=kind)
    done = reverse("monitoring:rules")
    about = About(f"新增规则:{KINDS[kind]}", "保存后对还能填报的期生效。", done, (("校验规则", done),))
    return changed(request, filled, lambda: defining.added(filled.values, CHECK), about)
