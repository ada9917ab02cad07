"""What a person chooses, and which messages the office looks for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict

from spectown.accounts.models import User
from spectown.outbox.enums import Channel, Robot, State
from spectown.outbox.models import Choice, Preference
from spectown.outbox.registry import kinds, label_of
from spectown.outbox.services import Ways

KEPT = "已填写;留空则不改"


class WaysForm(forms.Form):
    """By which ways beside 消息, as a digest or at once, and where to."""

    email = forms.EmailField(label="电子邮箱", required=False, max_length=254)
    robot = forms.ChoiceField(label="群机器人", required=False, choices=[("", "不用"), *Robot.choices])
    address = forms.CharField(
        label="机器人地址",
        required=False,
        max_length=500,
        help_text="在群设置中添加机器人时得到的网址,加密保存,不再显示。",
    )
    key = forms.CharField(
        label="加签密钥", required=False, max_length=200, help_text="钉钉机器人安全设置选“加签”时填写,以 SEC 开头。"
    )
    digest = forms.BooleanField(label="每天汇总成一条", required=False)
    digest_at = forms.TimeField(
        label="汇总时间", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), help_text="不汇总时随到随发。"
    )
    wanted = forms.MultipleChoiceField(label="哪些消息", required=False)

    def __init__(self, data: QueryDict | None = None, *, user: User, row: Preference) -> None:
        chosen = [f"{kind}:{channel}" for kind, channel in user.message_choices.values_list("kind", "channel")]
        initial = {"email": user.email, "robot": row.robot, "digest": row.digest, "digest_at": row.digest_at}
        super().__init__(data, initial={**initial, "wanted": chosen})
        pairs = [(f"{kind.code}:{channel}", kind.label) for kind in kinds() for channel in Channel.values]
        self.fields["wanted"].choices = pairs  # type: ignore[attr-defined]  # of a ChoiceField
        for name, held in (("address", row.robot_address), ("key", row.robot_key)):
            self.fields[name].widget.attrs |= {"autocomplete": "off", "placeholder": KEPT if held else ""}

    @property
    def grid(self) -> list[tuple[str, list[tuple[str, str, bool]]]]:
        """Rows of kinds: label and (value, way, chosen) of each way."""
        ticked = set(self["wanted"].value() or ())
        return [(kind.label, [_cell(kind.code, c, ticked) for c in Channel]) for kind in kinds()]

    def ways(self) -> Ways:
        """What was chosen, of a valid form."""
        data = self.cleaned_data
        return Ways(
            wanted=[(kind, channel) for kind, _, channel in (pair.rpartition(":") for pair in data["wanted"])],
            email=data["email"],
            digest=data["digest"],
            digest_at=data["digest_at"],
            robot=data["robot"],
            address=data["address"].strip() or None,
            key=data["key"].strip() or None,
        )


def _cell(kind: str, channel: Channel, ticked: set[str]) -> tuple[str, str, bool]:
    value = f"{kind}:{channel.value}"
    return value, str(channel.label), value in ticked


class MessageFilter(forms.Form):
    """State, kind, person or title; every field may stay empty."""

    state = forms.ChoiceField(
        label="状态", required=False, choices=[("", "全部"), *State.choices, ("undelivered", "有一种方式未送达")]
    )
    kind = forms.ChoiceField(label="种类", required=False)
    q = forms.CharField(label="收件人或标题", required=False, max_length=60)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = [("", "全部"), *((kind.code, label_of(kind.code)) for kind in kinds())]
        self.fields["kind"].choices = found  # type: ignore[attr-defined]  # of a ChoiceField


def preference_of(user: User) -> Preference:
    """The stored row, or a fresh one that is not stored."""
    return Preference.objects.filter(user=user).first() or Preference(user=user)


def has_choices(user: User) -> bool:
    """True where the person wants anything beside 消息."""
    return Choice.objects.filter(user=user).exists()
