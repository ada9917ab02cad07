"""Forms of the system area."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from spectown.accounts.permissions import Role
from spectown.organisations.enums import UnitKind
from spectown.organisations.models import Unit


class UserForm(forms.Form):
    """A new account; roles come afterwards, from another person."""

    username = forms.CharField(label="用户名", max_length=30, help_text="小写字母开头,可含数字和 . _ -,登录时使用。")
    name = forms.CharField(label="姓名", max_length=50)
    phone = forms.CharField(label="电话", max_length=30, required=False)


class GrantForm(forms.Form):
    """A role for a unit, from a day on."""

    role = forms.ChoiceField(label="角色", choices=[("", "请选择"), *Role.choices])
    unit = forms.ModelChoiceField(
        label="单位", queryset=Unit.objects.exclude(kind=UnitKind.COLLECTIVE), empty_label="请选择"
    )
    since = forms.DateField(label="起始日期", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["since"].initial = timezone.localdate


class UserFilter(forms.Form):
    """Which users to list."""

    STATES = (("", "全部状态"), ("active", "启用"), ("disabled", "停用"), ("locked", "已锁定"), ("norole", "没有角色"))

    q = forms.CharField(label="姓名或用户名", required=False, max_length=50)
    role = forms.ChoiceField(label="角色", required=False, choices=[("", "全部角色"), *Role.choices])
    state = forms.ChoiceField(label="状态", required=False, choices=STATES)
