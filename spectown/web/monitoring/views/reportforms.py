"""Report forms and rules: read by everybody who fills in, changed by the office."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from spectown.accounts.permissions import Permission
from spectown.core.monitoring.consequences import codes_of
from spectown.core.monitoring.forms import burden
from spectown.core.periods import Every, before, containing, period_of
from spectown.monitoring.catalogue import plan_data
from spectown.monitoring.enums import DefinitionKind
from spectown.monitoring.services import defining
from spectown.towns.models import Town
from spectown.web.http import Request, needs, page
from spectown.web.monitoring.changing import CRUMB, About, changed, first_after, sent
from spectown.web.monitoring.defineforms import RuleForm
from spectown.web.monitoring.groupsform import FormForm
from spectown.web.monitoring.origins import marks
from spectown.web.monitoring.views.defining import BOTH, entry_or_404

FORM, CHECK = DefinitionKind.FORM, DefinitionKind.CHECK


@require_safe
@needs(Permission.SHEET_VIEW)
def form(request: Request, code: str) -> HttpResponse:
    """Whoever fills in: what is asked, from when until when? The office: what does it cost the towns?"""
    data = plan_data()
    versions = [each for each in data.forms if each.code == code]
    if not versions:
        raise Http404("没有这张报表")
    month = before(period_of(timezone.localdate(), Every.MONTH))
    towns = Counter(Town.objects.values_list("category", flat=True))
    told = marks(FORM, code)
    found = []
    for each in versions[::-1]:
        at = max(containing(month, each.every), each.since)
        found.append(
            {
                "form": each,
                "burden": burden(each, data.catalogue, at, towns),
                "groups": [(g.name, _items(data.catalogue.versions, g.indicators)) for g in each.groups],
                "mark": told.get(each.since.ordinal),
            }
        )
    context = {"versions": found, "item": versions[-1]}
    crumbs = [(CRUMB[0], reverse(CRUMB[1]))]
    return page(request, "monitoring/reportform.html", context, title=versions[-1].name, crumbs=crumbs)


def _items(versions: Any, codes: tuple[str, ...]) -> list[Any]:
    return [versions[code][-1] for code in codes if code in versions]


@require_http_methods(BOTH)
@needs(Permission.INDICATOR_MANAGE)
def form_edit(request: Request, code: str) -> HttpResponse:
    """Fields, groups, days of a form, from the next period on."""
    entry = entry_or_404(FORM, code)
    filled = FormForm(sent(request), entry=entry, first=first_after(FORM, code, entry))
    done = reverse("monitoring:form", args=[code])
    says = "从所选的期起按新的填;已开的期照旧。组名留空的不在这张报表里,次序从小到大。"
    about = About(f"改动:{entry['name']}", says, done, ((entry["name"], done),), "monitoring/reportform_edit.html")
    return changed(request, filled, lambda: defining.next_version(FORM, code, filled.values), about)


@require_safe
@needs(Permission.SHEET_VIEW)
def rules(request: Request) -> HttpResponse:
    """Which rules hold, how strict, where they come from?"""
    data, told = plan_data(), marks(CHECK)
    names = {code: versions[-1].name for code, versions in data.catalogue.versions.items()}
    lines = [
        {
            "rule": rule,
            "names": [names[code] for code in sorted(codes_of(rule, data.catalogue)) if code in names],
            "mark": told.get(rule.code),
        }
        for rule in data.rules
    ]
    context = {"lines": lines, "kinds": KINDS.items()}
    return page(request, "monitoring/rules.html", context, title="校验规则", crumbs=[(CRUMB[0], reverse(CRUMB[1]))])


@require_http_methods(BOTH)
@needs(Permission.INDICATOR_MANAGE)
def rule(request: Request, code: str) -> HttpResponse:
    """Severity, bounds, sentence of a rule; on or off."""
    entry = entry_or_404(CHECK, code)
    filled = RuleForm(sent(request), entry=entry)
    done = reverse("monitoring:rules")
    about = About(f"改动:{entry['says']}", _told(entry), done, (("校验规则", done),))
    return changed(request, filled, lambda: defining.rule_changed(code, filled.values), about)


KINDS = {
    "balance": "平衡关系",
    "range": "范围",
    "change": "与以前相比",
    "magnitude": "量级",
    "falls": "累计数减少",
    "source": "与别处的数相比",
    "outlier": "与同类镇相比",
}


def _told(entry: dict[str, Any]) -> str:
    """What kind of rule; of a balance its two sides."""
    if entry["kind"] == "balance":
        return f"{KINDS['balance']}:{entry['left']} {entry['operator']} {entry['right']}。保存后对还能填报的期生效。"
    return f"{KINDS[entry['kind']]}。保存后对还能填报的期生效。"
