"""指标目录 and 完整性检查: what is collected, in which words, from whom; does it hang together?"""

from __future__ import annotations

from collections import Counter

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from spectown.accounts.permissions import Permission
from spectown.core.monitoring.consequences import uses
from spectown.core.monitoring.forms import burden
from spectown.core.periods import Every, Period, before, period_of
from spectown.monitoring import integrity
from spectown.monitoring.catalogue import plan_data
from spectown.monitoring.enums import DefinitionKind
from spectown.organisations.models import Unit
from spectown.towns.models import Town
from spectown.web.http import Request, needs, page
from spectown.web.monitoring.origins import disagreements, marks

TONES = {"error": "red", "warning": "yellow", "hint": "blue"}


@require_safe
@needs(Permission.SHEET_VIEW)
def catalogue(request: Request) -> HttpResponse:
    """Whoever fills in, certifies or reads a figure: what exactly does it mean, whose is it, in which form?"""
    data, names = plan_data(), _names()
    told = marks(DefinitionKind.INDICATOR)
    used = {code: form for form in data.forms for code in form.codes}
    groups: dict[str, list[dict[str, object]]] = {}
    for code, versions in data.catalogue.versions.items():
        last = versions[-1]
        line = {"item": last, "source": names.get(last.source, last.source), "form": used.get(code)}
        line["mark"] = told.get(code)
        groups.setdefault(last.group, []).append(line | {"versions": len(versions)})
    towns = Counter(Town.objects.values_list("category", flat=True))
    month = before(period_of(timezone.localdate(), Every.MONTH))
    forms = [(form, burden(form, data.catalogue, _period(form.every, month), towns)) for form in data.forms]
    forms = list({form.code: (form, load) for form, load in forms}.values())
    context = {
        "groups": groups.items(),
        "forms": forms,
        "frequencies": list(Every),
        "count": len(data.catalogue.versions),
        "rules": len(data.rules),
    }
    if request.actor.may(Permission.INDICATOR_MANAGE):
        context["conflicts"] = disagreements()
    return page(request, "monitoring/catalogue.html", context, title="指标目录")


def _period(every: Every, month: Period) -> Period:
    return period_of(month.days[1], every)


def _names() -> dict[str, str]:
    return dict(Unit.objects.values_list("code", "name"))


@require_safe
@needs(Permission.SHEET_VIEW)
def indicator(request: Request, code: str) -> HttpResponse:
    """One indicator with all its versions, where it is asked, what is checked."""
    data = plan_data()
    versions = data.catalogue.versions.get(code)
    if versions is None:
        raise Http404("没有这个指标")
    told = marks(DefinitionKind.INDICATOR, code)
    breaks = data.catalogue.breaks(code, Period((2000, 12), 12), Period((2099, 12), 12))
    context = {
        "item": versions[-1],
        "versions": [(each, told.get(each.since.ordinal)) for each in versions[::-1]],
        "breaks": breaks,
        "source": _names().get(versions[-1].source, versions[-1].source),
        "forms": {form.code: form for form in data.forms if code in form.codes}.values(),
        "uses": uses(data, code),
    }
    crumbs = [("指标目录", reverse("monitoring:catalogue"))]
    return page(request, "monitoring/indicator.html", context, title=versions[-1].name, crumbs=crumbs)


@require_safe
@needs(Permission.INDICATOR_MANAGE)
def checks(request: Request) -> HttpResponse:
    """The office before a new year: missing owners, figures nobody uses, forms nobody sends, formulas in a circle?"""
    found = [{"issue": each, "tone": TONES[each.weight.value]} for each in integrity.found(timezone.localdate())]
    return page(request, "monitoring/checks.html", {"rows": found}, title="完整性检查")
