"""Published towns: list and one town. Nothing about applications, no person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from spectown.evaluation.models import Evaluation
from spectown.organisations.models import Territory
from spectown.plans.models import Category
from spectown.rounds.models import Title
from spectown.rounds.standing import listed
from spectown.rounds.titling import IN_FORCE
from spectown.towns.enums import PUBLISHED_LEVELS
from spectown.web.http import Request, page, paged

CategoryNames = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Choice:
    """One filter: its key in the address, label, what can be chosen (value, word), what is chosen."""

    key: str
    label: str
    options: list[tuple[str, str]]
    value: str

    @property
    def word(self) -> str:
        """Word of what is chosen; empty for nothing."""
        return dict(self.options).get(self.value, "")


def _categories() -> CategoryNames:
    rows = Category.objects.filter(version__is_current=True).values_list("code", "label")
    return dict(rows)


@require_safe
@login_not_required
def towns(request: Request) -> HttpResponse:
    """Citizens, buyers, journalists: which towns are there, where, of what kind?"""
    names = _categories()
    choices = _choices(request, names)
    rows = listed(timezone.localdate()).select_related("territory", "responsible_unit")
    fields = {"level": "level", "county": "territory__code", "category": "category"}
    for choice in choices:
        if choice.word:
            rows = rows.filter(**{fields[choice.key]: choice.value})
    found = paged(request, rows)
    titles = {t.town_id: t for t in Title.objects.filter(town__in=[town.pk for town in found], state__in=IN_FORCE)}
    context = {
        "rows": found,
        "items": [(town, names.get(town.category, "未分类"), titles.get(town.pk)) for town in found],
        "choices": choices,
        "unknown": [c.label for c in choices if c.value and not c.word],
        "evaluations": list(Evaluation.objects.published()),
        "chips": [{"label": f"{c.label}:{c.word}", "url": _without(request, c.key)} for c in choices if c.word],
    }
    return page(request, "public/towns.html", context, title="专业镇名单", partial="rows")


def _choices(request: HttpRequest, categories: CategoryNames) -> list[Choice]:
    counties = list(Territory.objects.values_list("code", "name"))
    levels = [(str(level.value), str(level.label)) for level in reversed(PUBLISHED_LEVELS)]
    options = (("level", "层级", levels), ("county", "属地", counties), ("category", "类别", list(categories.items())))
    return [Choice(key, label, found, request.GET.get(key, "").strip()) for key, label, found in options]


def _without(request: HttpRequest, key: str) -> str:
    rest = request.GET.copy()
    rest.pop(key, None)
    rest.pop("page", None)
    return f"?{rest.urlencode()}"


@require_safe
@login_not_required
def town(request: Request, code: str) -> HttpResponse:
    """The same readers: since when, by which document, who answers for it?"""
    published = listed(timezone.localdate()).select_related("territory", "responsible_unit")
    found = get_object_or_404(published, code=code)
    records = found.levels.filter(level__in=PUBLISHED_LEVELS).select_related("version").order_by("-valid_from", "-pk")
    context = {
        "town": found,
        "category": _categories().get(found.category, "未分类"),
        "records": records,
        "aliases": found.aliases.all(),
        "titles": found.titles.filter(state__in=IN_FORCE),
    }
    crumbs = [("专业镇名单", reverse("public:towns"))]
    return page(request, "public/town.html", context, title=found.name, crumbs=crumbs)
