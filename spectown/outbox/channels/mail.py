"""E-mail through the server that MAIL_HOST names."""

from __future__ import annotations

import smtplib

from django.conf import settings
from django.core.mail import EmailMessage

from spectown.accounts.models import User
from spectown.outbox.channels import Letter, Undelivered

NO_SERVER = "系统尚未设置发信服务器,请系统管理员设置 MAIL_HOST。"
NO_ADDRESS = "收件人没有填写电子邮箱,请本人在“消息设置”中填写。"
REFUSED = "收件邮箱地址被发信服务器拒绝,请本人核对邮箱地址。"
LOGIN = "发信服务器不接受账号或口令,请系统管理员核对 MAIL_USER、MAIL_PASSWORD。"
AWAY = "发信服务器连接不上或暂时不接收,请系统管理员检查 MAIL_HOST、MAIL_PORT 和网络。"


class Mail:
    """电子邮件."""

    def fault(self, user: User) -> str:
        """No server, or no address."""
        if not settings.EMAIL_HOST:
            return NO_SERVER
        return "" if user.email else NO_ADDRESS

    def send(self, user: User, letter: Letter) -> None:
        """One message of plain text."""
        title = " ".join(letter.title.split())
        try:
            EmailMessage(f"【专镇通】{title}", letter.text, to=[user.email]).send()
        except smtplib.SMTPRecipientsRefused as error:
            raise Undelivered(REFUSED, again=False) from error
        except smtplib.SMTPAuthenticationError as error:
            raise Undelivered(LOGIN, again=False) from error
        except OSError as error:  # SMTPException is one
            raise Undelivered(AWAY, again=True) from error
