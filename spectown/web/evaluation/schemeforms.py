"""Forms of a draft of a scheme: one sentence of help at each item; what is typed stays where something is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from spectown.core.evaluation.drafting import TOTAL, Place, bare
from spectown.core.evaluation.scheme import Aggregation, Normalisation
from spectown.core.evaluation.unfinished import needed
from spectown.core.evaluation.words import ITEMS, SUMS, WAYS
from spectown.monitoring.catalogue import plan_data
from spectown.web.monitoring.definefields import field_of
from spectown.web.selects import SearchSelect

Choices = Sequence[tuple[str, str]]
EXPLAINED: Mapping[str, str] = {
    Normalisation.MINMAX: "极差:最差的镇 0 分、最好的镇 100 分,其余按比例",
    Normalisation.PERCENTILE: "百分位:好过多少镇,免得一个大镇压倒其余",
    Normalisation.RANK: "名次:按名次等距给分",
    Normalisation.GOALPOSTS: "定界:按两个固定界值,各年可比",
    Normalisation.EFFICACY: "功效系数:不允许值 60 分、满意值 100 分",
    Normalisation.TARGET: "目标距离:离目标还差多少",
    Normalisation.ATTAINMENT: "目标完成:完成目标的百分之几",
    Normalisation.ZSCORE: "标准化:离平均几个标准差",
    Normalisation.PLACES: "争先进位:比上年进了几位",
    Normalisation.VECTOR: "向量:用于 TOPSIS",
}
HELP = {
    "weight": "在同一上级之下占多少,各项合计 100。",
    "parent": "放在哪个方面之下;最多四级。",
    "order": "在同一上级之下排第几。",
    "normalisation": "把原始数变成 0 到 100 分的办法;不选为按总则。",
    "worst": "定界的最差值、功效系数的不允许值;其他办法不用填。",
    "best": "定界的最好值、功效系数的满意值;其他办法不用填。",
    "target": "目标距离、目标完成用;其他办法不用填。",
    "cap": "目标完成最多计到目标的几倍,1 为完成即满分。",
    "log": "相差几十上百倍的数先取对数;有 0 或负数的不能用。",
    "reversed": "如能耗:数越小得分越高。",
    "dynamic": "与上年相比的增长占这项得分的百分之几;0 为只看当年水平。",
    "aggregation": "加权平均:长处能补短处;几何平均:有一项差就拉低。不选为按总则。",
    "new_code": "从指标目录中选;目录中没有的先在“监测→指标目录”新增。",
}


def ways(empty: str) -> Choices:
    """Ways of normalising with a sentence each; `empty`: what nothing chosen means, '' = something must be."""
    return [*([("", empty)] if empty else []), *((str(code), text) for code, text in EXPLAINED.items())]


class PlaceForm(forms.Form):
    """What dimensions and indicators share: weight, where they stand. `parents`: code and name of possible ones."""

    def __init__(self, data: Any, *, initial: Mapping[str, Any], parents: Choices, siblings: int) -> None:
        super().__init__(data, initial=dict(initial))
        self.fields["weight"] = forms.FloatField(label="层内权重", min_value=0, max_value=100, help_text=HELP["weight"])
        self.fields["parent"] = forms.ChoiceField(label="上级", choices=parents, help_text=HELP["parent"])
        self.fields["order"] = forms.IntegerField(
            label="次序", min_value=1, max_value=max(siblings, 1) + 20, help_text=HELP["order"]
        )
        self.own()
        self.fields["clause"] = field_of("clause")

    def own(self) -> None:
        """Further fields."""

    @property
    def place(self) -> tuple[str, int]:
        """Parent and order from 0; only of a valid form."""
        return self.cleaned_data["parent"], self.cleaned_data["order"] - 1

    @property
    def items(self) -> dict[str, Any]:
        """Items of the node as the files write them; only of a valid form."""
        return {"weight": bare(self.cleaned_data["weight"]), "clause": self.cleaned_data["clause"]}


class DimensionForm(PlaceForm):
    """A dimension; its name is its code."""

    def own(self) -> None:
        """Name and way of adding up."""
        self.fields["code"] = forms.RegexField(
            r'^[^/"“”?#%]+\Z',
            label="名称",
            max_length=30,
            error_messages={"invalid": "名称中不要用斜线、引号、问号。"},
            help_text="如 产业规模;同一方案中不能重名。",
        )
        choices = [("", "按总则"), *((a.value, SUMS[a]) for a in Aggregation if a != Aggregation.TOPSIS)]
        self.fields["aggregation"] = forms.ChoiceField(
            label=ITEMS["aggregation"], choices=choices, required=False, help_text=HELP["aggregation"]
        )
        self.order_fields(["code", "weight", "parent", "order", "aggregation"])

    @property
    def items(self) -> dict[str, Any]:
        """Items of the node."""
        given = self.cleaned_data
        return {**super().items, "code": given["code"].strip(), "aggregation": given["aggregation"]}


class IndicatorForm(PlaceForm):
    """An indicator: how its figures become a score. `fallback`: the way of the whole scheme."""

    def __init__(self, data: Any, *, fallback: str, codes: Choices = (), **kwargs: Any) -> None:
        self.fallback, self.codes = fallback, codes
        super().__init__(data, **kwargs)

    def own(self) -> None:
        """Way of normalising with what it needs."""
        if self.codes:
            self.fields["code"] = forms.ChoiceField(
                label="指标", choices=self.codes, widget=SearchSelect(), help_text=HELP["new_code"]
            )
        empty = f"按总则({WAYS[self.fallback]})"
        self.fields["normalisation"] = forms.ChoiceField(
            label=ITEMS["normalisation"], choices=ways(empty), required=False, help_text=HELP["normalisation"]
        )
        for name, label in (("worst", "最差值(不允许值)"), ("best", "最好值(满意值)"), ("target", ITEMS["target"])):
            self.fields[name] = forms.FloatField(label=label, required=False, help_text=HELP[name])
        self.fields["cap"] = forms.FloatField(
            label="最多计到(倍)", min_value=0.01, max_value=10, required=False, help_text=HELP["cap"]
        )
        self.fields["dynamic"] = forms.FloatField(
            label="增长占(%)", min_value=0, max_value=100, required=False, help_text=HELP["dynamic"]
        )
        for name in ("reversed", "log"):
            self.fields[name] = forms.BooleanField(label=ITEMS[name], required=False, help_text=HELP[name])
        self.order_fields(["code", "weight", "parent", "order"])

    def clean(self) -> dict[str, Any]:
        """What the way needs must be there, said at its field."""
        given = super().clean() or {}
        node = {"posts": self._posts(given), "target": given.get("target")}
        for text in needed(given.get("normalisation") or self.fallback, node):
            self.add_error("target" if "目标" in text else "worst", text)
        if (given.get("worst") is None) != (given.get("best") is None):
            self.add_error("best", "两个界值要都填或都不填。")
        return given

    @staticmethod
    def _posts(given: Mapping[str, Any]) -> list[float]:
        posts = [given.get("worst"), given.get("best")]
        return [bare(post) for post in posts if post is not None]

    @property
    def items(self) -> dict[str, Any]:
        """Items of the node."""
        given = self.cleaned_data
        found = {**super().items, "normalisation": given["normalisation"], "posts": self._posts(given)}
        found |= {"target": None if given["target"] is None else bare(given["target"])}
        found |= {name: given[name] for name in ("reversed", "log")}
        found |= {"cap": bare(given["cap"] or 1), "dynamic": bare(round((given["dynamic"] or 0) / 100, 6))}
        return found if "code" not in given else {"code": given["code"], **found}


def initial_of(place: Place) -> dict[str, Any]:
    """A place as its form shows it."""
    node = place.node
    posts = node.get("posts") or [None, None]
    return {
        **node,
        "weight": node.get("weight", 1),
        "parent": place.parent,
        "order": place.order + 1,
        "worst": posts[0],
        "best": posts[1],
        "cap": node.get("cap", 1),
        "dynamic": bare(round(100 * node.get("dynamic", 0), 4)),
    }


def parents_of(found: Sequence[Place], leaving: str = "") -> Choices:
    """Where something may stand: the whole and all dimensions but itself and those beneath it."""
    shut = {leaving} if leaving else set()
    choices = []
    for place in found:
        if place.parent in shut:
            shut.add(place.code)
        if not place.is_leaf and place.code not in shut:
            choices.append((place.code, "总分" if place.code == TOTAL else f"{'— ' * (place.level - 1)}{place.code}"))
    return choices


def free_codes(found: Sequence[Place]) -> Choices:
    """Indicators of the catalogue that the draft does not have."""
    known = {place.code for place in found}
    versions = plan_data().catalogue.versions.items()
    return [(code, each[-1].heading) for code, each in versions if code not in known and each[-1].kind != "text"]
