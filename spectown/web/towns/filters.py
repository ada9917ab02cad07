"""Which towns to list, in which order; the choice stands in the address."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Case, IntegerField, QuerySet, Value, When

from spectown.lib.pinyin import matches
from spectown.organisations.models import Territory
from spectown.plans.models import Category
from spectown.towns.enums import Level
from spectown.towns.models import Town

SORTS = {
    "": ("order", "code"),
    "level": ("-rank", "order", "code"),
    "county": ("territory__order", "order", "code"),
    "category": ("category", "order", "code"),
    "name": ("name",),
}
SORT_CHOICES = (("level", "层级从高到低"), ("county", "县(区)"), ("category", "类别"), ("name", "名称"))
RANK = Case(
    *(When(level=level.value, then=Value(number)) for number, level in enumerate(Level, start=1)),
    default=Value(0),
    output_field=IntegerField(),
)


def category_names() -> dict[str, str]:
    """Labels of the categories of the current plan, by code."""
    return dict(Category.objects.filter(version__is_current=True).values_list("code", "label"))


class TownFilter(django_filters.FilterSet):  # type: ignore[misc]  # django-filter has no types
    """Name or pinyin, level, category, county, order."""

    q = django_filters.CharFilter(label="名称、别名或拼音", method="named")
    level = django_filters.ChoiceFilter(label="层级", choices=Level.choices, empty_label="全部层级")
    category = django_filters.ChoiceFilter(
        label="类别", choices=lambda: list(category_names().items()), empty_label="全部类别"
    )
    county = django_filters.ModelChoiceFilter(
        label="属地",
        field_name="territory",
        to_field_name="code",
        queryset=Territory.objects.all(),
        empty_label="全部属地",
    )
    sort = django_filters.ChoiceFilter(label="排序", choices=SORT_CHOICES, empty_label="名单次序", method="ordered")

    class Meta:
        model = Town
        fields: tuple[str, ...] = ()

    def named(self, rows: QuerySet[Town], _: str, text: str) -> QuerySet[Town]:
        """By name or alias; compared in Python, since no database knows pinyin (towns are few hundreds)."""
        names = Town.objects.values_list("pk", "name", "aliases__name")
        found = {pk for pk, name, alias in names if matches(text, name) or (alias and matches(text, alias))}
        return rows.filter(pk__in=found)

    def ordered(self, rows: QuerySet[Town], _: str, sort: str) -> QuerySet[Town]:
        """One of the known orders."""
        return rows.annotate(rank=RANK).order_by(*SORTS[sort])

    def chosen(self) -> QuerySet[Town]:
        """The rows; none where a condition is not known, so that a mistyped address never shows everything."""
        rows: Any = self.qs if self.is_valid() else self.queryset.none()
        found: QuerySet[Town] = rows
        return found
