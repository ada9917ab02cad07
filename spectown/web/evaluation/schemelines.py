"""The form of the lines of a draft: where 表扬 and 督办 begin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from spectown.core.evaluation.drafting import bare

Entry = Mapping[str, Any]


class LinesForm(forms.Form):
    """Where 表扬 and 督办 begin."""

    SOURCE = "依据的文件或会议;方案没有规定的写明是建议值。"

    def __init__(self, data: Any, *, entry: Entry, leaves: Sequence[tuple[str, str]]) -> None:
        super().__init__(data, initial=_lines(entry["consequences"]))
        for name, word, says in (("commend", "表扬", "排名前"), ("supervise", "督办", "排名后")):
            choices = [("share", f"{says}百分之几"), ("score", f"得分{'达到' if name == 'commend' else '低于'}几分")]
            self._add(
                f"{name}_by", forms.ChoiceField(label=f"{word}线按", choices=choices), "按比例的,参评镇多少都适用。"
            )
            self._add(f"{name}_at", _number(f"{word}线"), "比例填百分数,如 20;分数填得分。")
            if name == "commend":
                self._add("least", _number("且得分不低于", must=False), "低于它的,名次再前也不表扬;不填为不设。")
            self._add(f"{name}_source", forms.CharField(label=f"{word}线来源", max_length=200), self.SOURCE)
        self._add("progress_at", _number("进步榜前百分之几也表扬", must=False), "不填为不按进步表扬。")
        self._add("progress_source", _text("进步线来源"), self.SOURCE)
        slow = forms.ChoiceField(label="“建设进度较慢”看哪项指标", choices=[("", "不设"), *leaves], required=False)
        self._add("slow_indicator", slow, "方案 四(五):建设进度较慢的督办;不看名次。")
        self._add("slow_below", _number("低于多少为较慢", must=False, most=1e12), "按该指标的计量单位填。")
        self._add("slow_source", _text("“较慢”的来源"), self.SOURCE)

    def _add(self, name: str, field: forms.Field, says: str) -> None:
        field.help_text = says
        self.fields[name] = field

    def clean(self) -> dict[str, Any]:
        """Shares stand between 0 and 100; whoever sets a line says whence."""
        found = super().clean() or {}
        for name in ("commend", "supervise", "progress"):
            share = name == "progress" or found.get(f"{name}_by") == "share"
            at = found.get(f"{name}_at")
            if share and at is not None and not 0 < at < 100:
                self.add_error(f"{name}_at", "百分数应大于 0、小于 100。")
        if found.get("progress_at") is not None and not found.get("progress_source"):
            self.add_error("progress_source", "请写明来源。")
        if found.get("slow_indicator"):
            for name in [each for each in ("slow_below", "slow_source") if found.get(each) in (None, "")]:
                self.add_error(name, "选了指标的,这一项要填。")
        return found

    @property
    def changes(self) -> dict[str, Any]:
        """As core.drafting.part takes it; only of a valid form."""
        got = self.cleaned_data
        rules: dict[str, Any] = {name: self._line(name) for name in ("commend", "supervise")}
        if got["least"] is not None:
            rules["commend"]["least"] = bare(got["least"])
        if got["progress_at"] is not None:
            rules["progress"] = {"share": bare(got["progress_at"] / 100), "source": got["progress_source"]}
        if got["slow_indicator"]:
            slow = {"indicator": got["slow_indicator"], "below": bare(got["slow_below"])}
            rules["slow"] = {**slow, "source": got["slow_source"]}
        return {"consequences": rules}

    def _line(self, name: str) -> dict[str, Any]:
        got = self.cleaned_data
        by, at = got[f"{name}_by"], got[f"{name}_at"]
        return {by: bare(round(at / 100, 6) if by == "share" else at), "source": got[f"{name}_source"]}


def _number(label: str, *, must: bool = True, most: float = 100) -> forms.FloatField:
    return forms.FloatField(label=label, required=must, max_value=most)


def _text(label: str) -> forms.CharField:
    return forms.CharField(label=label, max_length=200, required=False)


def _lines(rules: Entry) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in ("commend", "supervise", "progress"):
        line = rules.get(name) or {}
        by = "score" if line.get("score") is not None else "share"
        at = line.get(by)
        found |= {f"{name}_by": by, f"{name}_source": line.get("source", "")}
        found[f"{name}_at"] = None if at is None else bare(round(100 * at, 4) if by == "share" else at)
    slow = rules.get("slow") or {}
    least = (rules.get("commend") or {}).get("least")
    return {**found, "least": least, **{f"slow_{name}": slow.get(name) for name in ("indicator", "below", "source")}}
