"""Which indicator, of which towns and counties, over how many periods."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from django import forms
from django.http import QueryDict

from spectown.core.monitoring.indicator import Indicator as Item
from spectown.monitoring.catalogue import plan_data
from spectown.monitoring.pivot.asking import ALL, Axis
from spectown.monitoring.seeing import sees_all, towns_of
from spectown.organisations.actors import Actor
from spectown.organisations.models import Territory
from spectown.plans.models import PlanVersion
from spectown.towns.enums import Level
from spectown.towns.models import Town
from spectown.web.monitoring.leading import LIMITS
from spectown.web.selects import SearchSelect, SearchSeveral

FIRST, MOST = "output", 6  # more lines than that cannot be told apart
SPANS = (("12", "12 期"), ("24", "24 期"), ("36", "36 期"), ("60", "60 期"))


class SeriesForm(forms.Form):
    """All in the address, so that a series can be sent to a colleague. Places: `all`, c<county>, t<town>.

    A limit (a county, category, level), where a pivot leads here, holds for the sums, not for single towns.
    """

    i = forms.ChoiceField(label="指标", widget=SearchSelect({"class": "form-select"}))
    p = forms.MultipleChoiceField(
        label="专业镇、县(区)、合计(最多 6 个)", widget=SearchSeveral({"class": "form-select"}), required=False
    )
    n = forms.ChoiceField(label="最近", choices=SPANS, required=False, widget=forms.Select({"class": "form-select"}))
    year = forms.BooleanField(label="画同比", required=False)

    def __init__(self, data: QueryDict, actor: Actor) -> None:
        catalogue = plan_data().catalogue
        self.items = {code: found[-1] for code, found in catalogue.versions.items() if found[-1].kind != "text"}
        self.names = _names(actor)
        given = data.copy()
        if given.get("i") not in self.items:
            given["i"] = FIRST if FIRST in self.items else next(iter(self.items), "")
        known = [place for place in dict.fromkeys(data.getlist("p")) if place in self.names]
        given.setlist("p", known[:MOST] or ["all"])
        if given.get("n") not in dict(SPANS):
            given["n"] = "24"
        super().__init__(given)
        self.fields["i"].choices = [(code, item.heading) for code, item in self.items.items()]  # type: ignore[attr-defined]  # a choice field
        self.fields["p"].choices = list(self.names.items())  # type: ignore[attr-defined]  # a field of choices
        self.cut = len(known) > MOST
        self.limits = limits_of(data)
        self.names = {place: _limited(name, place, self.limits) for place, name in self.names.items()}

    @cached_property
    def item(self) -> Item | None:
        """The chosen indicator; None without a catalogue."""
        return self.items.get(self.data["i"])

    @property
    def places(self) -> Sequence[str]:
        """The chosen places, in the order of the address."""
        found: list[str] = self.data.getlist("p")  # type: ignore[attr-defined]  # a QueryDict, see __init__
        return found

    @property
    def only(self) -> dict[Axis, frozenset[str]]:
        """The limits of the sums."""
        return {axis: frozenset([key]) for axis, key, _ in self.limits}

    @property
    def towns(self) -> list[int]:
        """Keys of the chosen towns."""
        return [int(place[1:]) for place in self.places if place.startswith("t")]

    @property
    def groups(self) -> list[str]:
        """Keys of the chosen counties, and of all."""
        return [ALL if place == "all" else place[1:] for place in self.places if not place.startswith("t")]


def limits_of(data: QueryDict) -> list[tuple[Axis, str, str]]:
    """What is let through, of an address: axis, key, its name. What does not exist lets nothing through."""
    given = [(axis, str(data[axis.value])) for axis in LIMITS if data.get(axis.value)]
    names = limit_names() if given else {}
    return [(axis, key, names[axis].get(key, key)) for axis, key in given]


def _limited(name: str, place: str, limits: Sequence[tuple[Axis, str, str]]) -> str:
    return name if place.startswith("t") or not limits else f"{name}({'、'.join(told for _, _, told in limits)})"


def limit_names() -> dict[Axis, dict[str, str]]:
    """What counties, categories and levels are called, by key."""
    version = PlanVersion.objects.current()
    return {
        Axis.COUNTY: {str(pk): name for pk, name in Territory.objects.order_by("code").values_list("pk", "name")},
        Axis.CATEGORY: dict(version.categories.values_list("code", "label") if version else ()),
        Axis.LEVEL: {code: str(label) for code, label in Level.choices},
    }


def _names(actor: Actor) -> dict[str, str]:
    """What may be chosen, with its name: what the actor sees."""
    towns = Town.objects.order_by("order", "code")
    if not sees_all(actor):
        towns = towns.filter(towns_of(actor)) if actor.unit_id else towns.none()
    named = list(towns.values_list("pk", "name", "territory_id"))
    counties = Territory.objects.filter(pk__in={county for _, _, county in named if county}).order_by("code")
    found = {"all": "全市合计" if sees_all(actor) else "合计"}
    found |= {f"c{pk}": f"{name}合计" for pk, name in counties.values_list("pk", "name")}
    return found | {f"t{pk}": name for pk, name, _ in named}
