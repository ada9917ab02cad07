"""allauth's forms in the words of the office (口令, not 密码), and counted failures of the second factor."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.core import context
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from axes.handlers.proxy import AxesProxyHandler
from django import forms

CODE = {"code": "动态码或备用码"}


class Worded(forms.Form):
    """Sets labels, drops placeholders (a label stands above) and texts that lead to closed pages."""

    labels: ClassVar[dict[str, str]] = {}
    hints: ClassVar[dict[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = self.labels.get(name, field.label)
            field.widget.attrs.pop("placeholder", None)
            field.help_text = self.hints.get(name, "")


class LoginForm(Worded, account.LoginForm):  # type: ignore[misc]  # allauth has no types
    """User name and password."""

    labels: ClassVar[dict[str, str]] = {"login": "用户名", "password": "口令"}

    def clean_login(self) -> str:
        """Small letters: otherwise every spelling of one name would have failures of its own to use up."""
        return str(super().clean_login()).lower()


class ChangePasswordForm(Worded, account.ChangePasswordForm):  # type: ignore[misc]
    """Old password, new one twice."""

    labels: ClassVar[dict[str, str]] = {"oldpassword": "现用口令", "password1": "新口令", "password2": "再输一次新口令"}
    hints: ClassVar[dict[str, str]] = {
        "password1": "12 个字符以上,不能全是数字,不能与用户名或姓名相近,不能是常见口令。"
    }


class ReauthenticateForm(Worded, account.ReauthenticateForm):  # type: ignore[misc]
    """Password once more before something that matters."""

    labels: ClassVar[dict[str, str]] = {"password": "口令"}


class CountedCode(Worded):
    """A one-time code; wrong ones count towards the same lock as wrong passwords."""

    labels: ClassVar[dict[str, str]] = CODE
    user: Any

    def clean_code(self) -> str:
        """Refuse while locked, so that the code cannot be guessed in a row; else allauth's check."""
        if not AxesProxyHandler.is_allowed(context.request, {"username": self.user.username.lower()}):
            context.request.axes_locked_out = True  # AxesMiddleware answers with the page 账号已锁定
            context.request.axes_credentials = {"username": self.user.username.lower()}
            raise forms.ValidationError("失败次数过多,已暂停登录。")
        return str(super().clean_code())  # type: ignore[misc]


class AuthenticateForm(CountedCode, mfa.AuthenticateForm):  # type: ignore[misc]
    """Second factor at login."""


class MFAReauthenticateForm(CountedCode, mfa.ReauthenticateForm):  # type: ignore[misc]
    """Second factor before something that matters."""


class ActivateTOTPForm(Worded, totp.ActivateTOTPForm):  # type: ignore[misc]
    """First code when the second factor is switched on."""

    labels: ClassVar[dict[str, str]] = {"code": "6 位动态码"}
