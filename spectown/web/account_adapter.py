"""allauth as this product uses it: closed, without e-mail, Chinese, secrets encrypted at rest."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest

from spectown.accounts.models import User
from spectown.audit.services import record
from spectown.lib.sealed import sealer
from spectown.organisations.actors import Actor

MISMATCH = "用户名或口令不正确。请核对后再试;忘记口令的,请与系统管理员联系。"


# Django 5.2 has these in English only; keyed by its stable error codes.
WEAK = {
    "password_too_short": "口令太短,至少须有 %(min_length)d 个字符。",
    "password_too_similar": "口令与您的姓名或用户名太相近。",
    "password_too_common": "这是很多人用过的常见口令,容易被猜中。",
    "password_entirely_numeric": "口令不能全是数字。",
}


def _in_chinese(error: ValidationError) -> ValidationError:
    return ValidationError(WEAK.get(str(error.code), error.message), code=error.code, params=error.params)


class ClosedAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """No sign-up; passwords change with an audit event; no notices by e-mail."""

    error_messages: ClassVar[dict[str, str]] = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": MISMATCH,
        "invalid_login": MISMATCH,
        "enter_current_password": "现用口令不正确。",
        "incorrect_password": "口令不正确。",
        "too_many_login_attempts": "失败次数过多,请稍后再试。",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by the administrator."""
        return False

    def clean_password(self, password: str, user: User | None = None) -> str:
        """Django's rules in Chinese, and not the old password again."""
        try:
            validate_password(password, user)
        except ValidationError as found:
            raise ValidationError([_in_chinese(error) for error in found.error_list]) from found
        if user is not None and user.pk and user.check_password(password):
            raise ValidationError("新口令不能与现用口令相同。")
        return password

    def set_password(self, user: User, password: str) -> None:
        """Change of the own password: lifts the duty to change it, and is written to the log."""
        by = Actor(user_id=user.pk, name=user.name, address=self.get_client_ip(self.request))
        with transaction.atomic():
            user.must_change_password = False
            super().set_password(user, password)
            record(by=by, action="password.change", obj=user)

    def get_client_ip(self, request: HttpRequest) -> str:
        """REMOTE_ADDR; headers of a proxy are not believed."""
        return str(request.META.get("REMOTE_ADDR", ""))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """No e-mail leaves this system: log-in events are in the audit log."""

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """No e-mail leaves this system."""


USE = "mfa secrets"


class EncryptingMFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """Secrets of the second factor are stored encrypted (Fernet)."""

    error_messages: ClassVar[dict[str, str]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "动态码不正确,请核对手机时间后重新输入。",
        "cannot_delete_authenticator": "不能停用两步验证。",
        "cannot_generate_recovery_codes": "请先启用两步验证,再生成备用码。",
    }

    def encrypt(self, text: str) -> str:
        """Plain text to token."""
        return sealer(USE).encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Token to plain text; raises InvalidToken where SECRET_KEY is not the one it was made with."""
        return sealer(USE).decrypt(encrypted_text.encode()).decode()
