"""Robots of group chats (企业微信、钉钉): one POST of JSON to an address that is itself the secret."""

from __future__ import annotations

import base64
import hashlib
import hmac
import time
from collections.abc import Mapping
from typing import Any, Protocol
from urllib.parse import parse_qsl, urlencode, urlsplit

from cryptography.fernet import InvalidToken
from django.conf import settings

from spectown.accounts.models import User
from spectown.lib.sealed import unseal
from spectown.outbox import enums
from spectown.outbox.channels import Letter, Undelivered
from spectown.outbox.channels.posts import Answer, post_json
from spectown.outbox.models import Preference

USE = "robot address"
LOOPBACK = ("127.0.0.1", "localhost")
CHANGED_KEY = "机器人地址打不开(系统密钥已更换),请本人在“消息设置”中重新填写。"


class Form(Protocol):
    """What differs between the makers: the limit, the payload, the signature, who is to be tried again."""

    limit: int  # bytes of text
    busy: frozenset[int]  # error codes that mean: later

    def payload(self, text: str) -> Mapping[str, Any]:
        """The JSON to post."""

    def signature(self, key: str, now: float) -> Mapping[str, str]:
        """What the address gets in addition; empty where nothing is signed."""


class WeCom:
    """企业微信群机器人: text of up to 2,048 bytes, nothing signed, 20 a minute."""

    limit = 2048
    busy = frozenset({45009, -1})

    def payload(self, text: str) -> Mapping[str, Any]:
        """A text message."""
        return {"msgtype": "text", "text": {"content": text}}

    def signature(self, key: str, now: float) -> Mapping[str, str]:
        """Nothing."""
        return {}


class DingTalk:
    """钉钉群机器人: text of up to 20,000 bytes, 加签 by HMAC-SHA256 of time and key, 20 a minute."""

    limit = 20000
    busy = frozenset({130101, -1})

    def payload(self, text: str) -> Mapping[str, Any]:
        """A text message that calls nobody by name."""
        return {"msgtype": "text", "text": {"content": text}, "at": {"isAtAll": False}}

    def signature(self, key: str, now: float) -> Mapping[str, str]:
        """Milliseconds, and the digest of them with the key, under the key."""
        if not key:
            return {}
        stamp = str(round(now * 1000))
        digest = hmac.new(key.encode(), f"{stamp}\n{key}".encode(), hashlib.sha256).digest()
        return {"timestamp": stamp, "sign": base64.b64encode(digest).decode()}


FORMS: Mapping[str, Form] = {enums.Robot.WECOM: WeCom(), enums.Robot.DINGTALK: DingTalk()}


def address_fault(address: str) -> str:
    """Why an address cannot be used; empty where it can: only https to the hosts that ROBOT_HOSTS names."""
    try:
        parts = urlsplit(address)
        host = parts.netloc.lower()
    except ValueError:
        return "机器人地址应为完整的网址。"
    plain = parts.scheme == "http" and parts.hostname in LOOPBACK
    if parts.scheme != "https" and not plain:
        return "机器人地址应以 https:// 开头。"
    if host not in settings.ROBOT_HOSTS:
        allowed = "、".join(settings.ROBOT_HOSTS) or "(未设置)"
        return f"机器人地址只能在这些服务器上:{allowed}。用其他服务器的,请系统管理员在 ROBOT_HOSTS 中加入。"
    return ""


class Robots:
    """群机器人."""

    def fault(self, user: User) -> str:
        """No robot, or an address that is not allowed any more."""
        try:
            chosen = _preference(user)
            address = unseal(chosen.robot_address, USE) if chosen else ""
        except InvalidToken:
            return CHANGED_KEY
        if not address:
            return "收件人没有填写群机器人地址,请本人在“消息设置”中填写。"
        return address_fault(address)

    def send(self, user: User, letter: Letter) -> None:
        """One text message."""
        chosen = _preference(user)
        if chosen is None:
            raise Undelivered(self.fault(user), again=False)
        form = FORMS[chosen.robot]
        text = shortened(f"{letter.title}\n{letter.text}", form.limit)
        signature = form.signature(unseal(chosen.robot_key, USE), time.time())
        _judge(form, post_json(_signed(unseal(chosen.robot_address, USE), signature), form.payload(text)))


def _preference(user: User) -> Preference | None:
    return Preference.objects.filter(user=user).exclude(robot="").first()


def shortened(text: str, limit: int) -> str:
    """The text within so many bytes, cut between characters, with a word that it goes on."""
    data, more = text.encode(), "…(其余请登录系统查看)"
    if len(data) <= limit:
        return text
    return data[: limit - len(more.encode())].decode(errors="ignore") + more


def _signed(address: str, signature: Mapping[str, str]) -> str:
    parts = urlsplit(address)
    query = urlencode([*parse_qsl(parts.query, keep_blank_values=True), *signature.items()])
    return parts._replace(query=query).geturl()


def _judge(form: Form, answer: Answer) -> None:
    if answer.status >= 500 or answer.status == 429:
        raise Undelivered(f"群机器人服务暂时不可用(状态 {answer.status}),稍后自动再试。", again=True)
    code = answer.content.get("errcode")
    if answer.status == 200 and code == 0:
        return
    if code in form.busy:
        raise Undelivered("群机器人发送太频繁或繁忙,稍后自动再试。", again=True)
    said = str(answer.content.get("errmsg", ""))[:80]
    raise Undelivered(
        f"群机器人没有接收(状态 {answer.status},错误码 {code}):{said}。请本人核对机器人地址、加签密钥和安全设置。",
        again=False,
    )
