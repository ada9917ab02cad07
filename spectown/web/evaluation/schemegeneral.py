"""The form of what holds for a whole scheme."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from spectown.core.evaluation.drafting import bare
from spectown.core.evaluation.scheme import Aggregation, Missing, Normalisation
from spectown.core.evaluation.sharing import code_of
from spectown.core.evaluation.words import GAPS, ITEMS, OWN, SUMS, WAYS
from spectown.core.evaluation.yearscheme import GENERAL
from spectown.evaluation.schemes import categories
from spectown.towns.enums import Level
from spectown.web.evaluation.schemeforms import Choices, ways
from spectown.web.monitoring.definefields import field_of

HELP = {
    "aggregation": "加权平均:长处能补短处;几何平均:有一项差就拉低;TOPSIS:看离最好、最差的镇多远。",
    "coverage": "有数的指标权重合计不到这个百分比的镇不评分。",
    "missing": "一个镇某项没有报时怎么办。",
    "tie": "得分相同时先比它。",
    "draws": "名次区间由多少次抽样得出;越多越稳,一万次足够。",
    "concentration": "抽样时权重围着所定的权重变动,数越大变动越小。",
    "seed": "同一种子每次抽样结果相同,便于他人核验。",
    "normalisations": "抽样时也试这些办法,看名次是否靠得住。",
    "gaps": "抽样时也试这些缺数处理。",
    "levels": "年末是这些级别的专业镇参加评估。",
    "reply": "反馈后各县(区)在几个工作日内提出意见。",
    "label": "写在评估和公文名称后面的括号里,如 文旅类。",
    "categories": "这些类别的镇按这一方案评估,不参加总方案的评估;一个类别一年只能用一个方案。",
    "ended": "从起用年度起不再单独评估,这些类别的镇回到总方案。",
    "source": "依据的文件或会议;方案没有规定的写明是建议值。",
}


class GeneralForm(forms.Form):
    """What holds for the whole scheme."""

    rare = ("draws", "concentration", "seed", "normalisations", "gaps", "digits")

    def __init__(self, data: Any, *, entry: Mapping[str, Any], leaves: Choices) -> None:
        super().__init__(data, initial=_general(entry))
        self.entry = entry
        own = self.fields
        own["name"] = forms.CharField(label="名称", max_length=60, help_text="写在公布、报告上的方案名称。")
        if code_of(entry) != GENERAL:
            own.update(_own_fields())
        own["source"] = forms.CharField(label="来源", max_length=200, help_text=HELP["source"])
        own["clause"] = field_of("clause")
        own["levels"] = _several("参加评估的级别", [(str(e.value), str(e.label)) for e in Level], "levels")
        own["levels"].required = True
        own["normalisation"] = forms.ChoiceField(
            label=ITEMS["normalisation"], choices=ways(""), help_text="没有单独写办法的指标都按它。"
        )
        own["aggregation"] = forms.ChoiceField(
            label=ITEMS["aggregation"], choices=list(SUMS.items()), help_text=HELP["aggregation"]
        )
        own["missing"] = forms.ChoiceField(label="缺数时", choices=list(GAPS.items()), help_text=HELP["missing"])
        own["coverage"] = _figure("最低覆盖(%)", "coverage", 0, 100)
        for number in (1, 2, 3):
            label = f"同分时第 {number} 比"
            own[f"tie{number}"] = forms.ChoiceField(
                label=label,
                choices=[("", "不比"), *leaves],
                required=False,
                help_text=HELP["tie"] if number == 1 else "",
            )
        own["days"] = forms.IntegerField(label="反馈期限(工作日)", min_value=1, max_value=60, help_text=HELP["reply"])
        own["days_source"] = forms.CharField(label="反馈期限的来源", max_length=200, help_text=HELP["source"])
        own["digits"] = forms.IntegerField(
            label=ITEMS["digits"], min_value=0, max_value=6, help_text="得分四舍五入到几位,名次按舍入后的得分。"
        )
        own["draws"] = forms.IntegerField(label="抽样次数", min_value=100, max_value=1_000_000, help_text=HELP["draws"])
        own["concentration"] = _figure("权重集中度", "concentration", 1, 100_000)
        own["seed"] = forms.IntegerField(label="种子", min_value=0, max_value=2_000_000_000, help_text=HELP["seed"])
        own["normalisations"] = _several("另抽的标准化办法", _drawable(entry), "normalisations")
        own["gaps"] = _several("另抽的缺数处理", [(str(k), v) for k, v in GAPS.items()], "gaps")

    @property
    def usual(self) -> list[forms.BoundField]:
        """Fields that stand open."""
        return [self[name] for name in self.fields if name not in self.rare]

    @property
    def folded(self) -> list[forms.BoundField]:
        """Fields that are rarely needed."""
        return [self[name] for name in self.rare]

    @property
    def changes(self) -> dict[str, Any]:
        """As core.drafting.part takes it; only of a valid form."""
        given = self.cleaned_data
        drawn = {**self.entry["scheme"].get("robustness", {}), "draws": given["draws"], "seed": given["seed"]}
        drawn |= {"weights": bare(given["concentration"]), "normalisations": given["normalisations"]}
        drawn |= {"missing": given["gaps"]}
        ties = list(dict.fromkeys(given[f"tie{n}"] for n in (1, 2, 3) if given[f"tie{n}"]))
        inner = {name: given[name] for name in ("normalisation", "aggregation", "missing", "digits")}
        inner |= {"coverage": bare(round(given["coverage"] / 100, 6)), "ties": ties, "robustness": drawn}
        reply = {"days": given["days"], "source": given["days_source"]}
        outer = {name: given[name] for name in ("name", "source", "clause", "levels")}
        if "categories" in given:
            outer |= {"label": given["label"], "categories": given["categories"], "ended": given["ended"] or None}
        return {**outer, "reply": reply, "scheme": inner}


def _general(entry: Mapping[str, Any]) -> dict[str, Any]:
    inner, drawn = entry["scheme"], entry["scheme"].get("robustness", {})
    ties = {f"tie{n}": code for n, code in enumerate(inner.get("ties", ())[:3], start=1)}
    return {
        **entry,
        **ties,
        "normalisation": inner.get("normalisation", Normalisation.MINMAX.value),
        "aggregation": inner.get("aggregation", Aggregation.ARITHMETIC.value),
        "missing": inner.get("missing", Missing.DROP.value),
        "coverage": bare(round(100 * inner.get("coverage", 0.6), 4)),
        "digits": inner.get("digits", 2),
        "days": entry["reply"]["days"],
        "days_source": entry["reply"]["source"],
        "draws": drawn.get("draws", 10_000),
        "concentration": drawn.get("weights", 100),
        "seed": drawn.get("seed", 1),
        "normalisations": drawn.get("normalisations", []),
        "gaps": drawn.get("missing", []),
    }


def _own_fields() -> dict[str, forms.Field]:
    """Of a scheme that categories have to themselves."""
    label = forms.CharField(label=OWN["label"], max_length=20, help_text=HELP["label"])
    chosen = _several(OWN["categories"], list(categories().items()), "categories")
    chosen.required = True
    ended = forms.BooleanField(label=OWN["ended"], required=False, help_text=HELP["ended"])
    return {"label": label, "categories": chosen, "ended": ended}


def _drawable(entry: Mapping[str, Any]) -> Choices:
    """Ways that every indicator can be tried with, since they need no goalposts or targets; and those chosen before."""
    free = ("minmax", "percentile", "rank", "zscore", "vector")
    chosen = entry["scheme"].get("robustness", {}).get("normalisations", [])
    return [(str(code), word) for code, word in WAYS.items() if code in (*free, *chosen)]


def _figure(label: str, name: str, low: float, high: float) -> forms.FloatField:
    return forms.FloatField(label=label, min_value=low, max_value=high, help_text=HELP[name])


def _several(label: str, choices: Choices, name: str) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple, help_text=HELP[name]
    )
