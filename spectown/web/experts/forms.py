"""Forms about experts, panels and visits."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from spectown.accounts.models import User
from spectown.accounts.permissions import Role
from spectown.core.rounds.ruleparts import ScoreItem
from spectown.enterprises.models import Enterprise
from spectown.enterprises.references import find
from spectown.organisations.models import Membership, Territory
from spectown.rounds.models import Expert
from spectown.rounds.services.pool import Particulars
from spectown.rounds.services.visits import KINDS
from spectown.web.selects import SearchSelect
from spectown.web.towns.filters import category_names


def _lines(text: str) -> list[str]:
    parts = (part.strip() for line in text.splitlines() for part in line.split("、"))
    return list(dict.fromkeys(part for part in parts if part))


class ExpertForm(forms.Form):
    """What the rules of staying away need to know of an expert."""

    unit = forms.CharField(label="工作单位", max_length=120, help_text="写单位全称,回避按名称比对。")
    position = forms.CharField(label="职务职称", max_length=120, required=False)
    county = forms.ModelChoiceField(
        label="所在县(区)",
        queryset=Territory.objects.all(),
        required=False,
        empty_label="不属于任何县(区)",
        widget=SearchSelect,
        help_text="县(区)所属单位的人员选本县(区),不评审本县(区)的申报;市级单位、高校和市外人员不选。",
    )
    fields_of_work = forms.MultipleChoiceField(
        label="专业领域", required=False, widget=forms.CheckboxSelectMultiple, help_text="抽取时先抽与申报类别相同的。"
    )
    former_units = forms.CharField(
        label="曾任职单位", required=False, widget=forms.Textarea(attrs={"rows": 2}), help_text="一行一个。"
    )
    enterprises = forms.CharField(
        label="任职或持股的企业",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="一行一户,填企业清单中的“名称(代码)”、统一社会信用代码或编号。",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fields_of_work"].choices = list(category_names().items())  # type: ignore[attr-defined]  # a choice field

    def clean_enterprises(self) -> list[Enterprise]:
        """The rows of the list that the lines name."""
        named = _lines(self.cleaned_data["enterprises"])
        found = find(named)
        unknown = [text for text in named if len(found.get(text, ())) != 1]
        if unknown:
            raise forms.ValidationError(f"企业清单中没有找到,或者有几户同名:{'、'.join(unknown)}。")
        return list(Enterprise.objects.filter(pk__in=[pks[0] for pks in found.values()]).order_by("pk"))

    def particulars(self) -> Particulars:
        """What was filled, as the service wants it; only of a valid form."""
        data = self.cleaned_data
        return Particulars(
            unit=data["unit"],
            position=data["position"],
            county=data["county"],
            fields=tuple(data["fields_of_work"]),
            former_units=tuple(_lines(data["former_units"])),
            enterprises=data["enterprises"],
        )


class NewExpertForm(ExpertForm):
    """Somebody with the role 专家 who is not yet in the pool."""

    user = forms.ModelChoiceField(
        label="人员",
        queryset=User.objects.none(),
        empty_label="请选择",
        widget=SearchSelect,
        help_text="这里列出有“专家”角色、还没有入库的人员。没有要找的人时,请先由系统管理员建立账号、安全管理员授予角色。",
    )
    field_order = ("user",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = Membership.objects.valid_on(timezone.localdate()).filter(role=Role.EXPERT).values("user")
        free = User.objects.filter(pk__in=held, is_active=True, expert__isnull=True).order_by("name")
        self.fields["user"].queryset = free  # type: ignore[attr-defined]  # a model choice field


class DrawForm(forms.Form):
    """A draw by a seed that nobody of the office could choose."""

    seed = forms.CharField(
        label="随机种子", max_length=64, help_text="事先公布、办公室不能左右的一行文字,如某日开奖号码(建议做法)。"
    )
    source = forms.CharField(label="何时、何处公布", max_length=200)


class PickForm(forms.Form):
    """Experts chosen by the office, with the reason."""

    experts = forms.ModelMultipleChoiceField(
        label="选定的专家", queryset=Expert.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    reason = forms.CharField(label="不抽取而选定的理由", widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, may: list[Expert], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered: Any = self.fields["experts"]
        offered.queryset = Expert.objects.filter(pk__in=[expert.pk for expert in may]).select_related("user")
        offered.label_from_instance = lambda expert: f"{expert.user.name}({expert.unit})"


class Several(forms.FileInput):
    """A file input that takes several."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """The last one, so that the field sees whether there is any; the view takes them all."""
        return files.get(name)


class NoteForm(forms.Form):
    """What was seen on a visit, with a photo or a scan."""

    photos = forms.FileField(
        label="照片或扫描件",
        help_text=f"{KINDS},可以选几张。手机上可直接拍照。",
        widget=Several(attrs={"accept": ".jpg,.jpeg,.png,.pdf", "multiple": True}),
    )
    text = forms.CharField(label="看到的情况", widget=forms.Textarea(attrs={"rows": 3}))
    item = forms.ChoiceField(label="对应评分项", required=False)
    visited_on = forms.DateField(
        label="核查日期", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), initial=timezone.localdate
    )
    signers = forms.CharField(
        label="一同核查并签名的人", max_length=150, required=False, help_text="用顿号隔开,您自己不用写。"
    )

    def __init__(self, *args: Any, items: tuple[ScoreItem, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].choices = [("", "不限"), *((i.code, i.title) for i in items)]  # type: ignore[attr-defined]  # a choice field
