"""Robots against a server on this machine: payloads, signature, time limit, verdicts, and no secret in any log."""

import base64
import datetime
import hashlib
import hmac
import logging
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from spectown.accounts.permissions import Role
from spectown.lib.sealed import seal
from spectown.organisations.actors import Actor
from spectown.outbox.channels import posts
from spectown.outbox.channels.robots import CHANGED_KEY, USE, address_fault, shortened
from spectown.outbox.delivering import deliver
from spectown.outbox.enums import Channel
from spectown.outbox.enums import Delivery as At
from spectown.outbox.models import Delivery, Preference
from spectown.outbox.posting import Posting, post
from spectown.outbox.sending import place
from tests import factories
from tests.apps.outbox.conftest import KIND, Robot, Truth

pytestmark = [pytest.mark.django_db]
NOW = timezone.make_aware(datetime.datetime(2026, 11, 26, 9, 0))


@pytest.fixture
def person() -> Actor:
    actor = factories.actor(Role.DEPARTMENT)
    factories.ChoiceFactory.create(user_id=actor.user_id, kind=KIND, channel=Channel.ROBOT)
    return actor


def told(person: Actor, robot: Robot, kind: str = "wecom", key: str = "") -> dict[str, int]:
    sealed = {"robot_address": seal(robot.address, USE), "robot_key": seal(key, USE)}
    factories.PreferenceFactory.create(user_id=person.user_id, robot=kind, **sealed)
    post([Posting(person.user_id, KIND, 7, "soon")])
    place(NOW)
    return deliver(NOW)


def test_wecom_gets_plain_text(person: Actor, truth: Truth, robot: Robot) -> None:
    assert told(person, robot) == {At.SENT: 1}
    path, payload = robot.posts[0]
    assert path == "/cgi-bin/webhook/send?key=SECRETKEY"
    assert payload["msgtype"] == "text"
    assert payload["text"]["content"].startswith("事项7\n还有 3 个工作日")


def test_dingtalk_is_signed_as_its_manual_says(person: Actor, truth: Truth, robot: Robot) -> None:
    assert told(person, robot, "dingtalk", "SECkey") == {At.SENT: 1}
    path, payload = robot.posts[0]
    query = {name: values[0] for name, values in parse_qs(urlsplit(path).query).items()}
    wanted = hmac.new(b"SECkey", f"{query['timestamp']}\nSECkey".encode(), hashlib.sha256).digest()
    assert query["sign"] == base64.b64encode(wanted).decode()
    assert (query["key"], payload["at"]) == ("SECRETKEY", {"isAtAll": False})


@pytest.mark.parametrize(
    ("kind", "status", "answer", "state", "words"),
    [
        ("wecom", 200, b'{"errcode":93000,"errmsg":"invalid webhook url"}', At.FAILED, "93000"),
        ("wecom", 200, b'{"errcode":45009,"errmsg":"freq"}', At.WAITING, "太频繁"),
        ("dingtalk", 200, b'{"errcode":130101,"errmsg":"too fast"}', At.WAITING, "太频繁"),
        ("dingtalk", 200, b'{"errcode":310000,"errmsg":"sign not match"}', At.FAILED, "加签密钥"),
        ("wecom", 502, b"<html>bad gateway", At.WAITING, "暂时不可用"),
        ("wecom", 429, b"", At.WAITING, "暂时不可用"),
        ("wecom", 200, b"not json", At.FAILED, "错误码 None"),
        ("wecom", 200, b"[1]", At.FAILED, "错误码 None"),
        ("wecom", 302, b"", At.FAILED, "状态 302"),
    ],
)
def test_verdicts(
    person: Actor, truth: Truth, robot: Robot, kind: str, status: int, answer: bytes, state: str, words: str
) -> None:
    robot.status, robot.answer = status, answer
    assert told(person, robot, kind) == {state: 1}
    assert words in Delivery.objects.get().reason
    assert len(robot.posts) == 1


def test_a_server_that_does_not_answer_costs_a_time_limit_only(
    person: Actor, truth: Truth, robot: Robot, monkeypatch: pytest.MonkeyPatch
) -> None:
    robot.delay = 5
    plain = posts.post_json
    monkeypatch.setattr("spectown.outbox.channels.robots.post_json", lambda a, p: plain(a, p, 0.2))
    assert told(person, robot) == {At.WAITING: 1}
    assert Delivery.objects.get().reason == posts.AWAY


def test_no_address_or_key_in_logs_or_reasons(
    person: Actor, truth: Truth, robot: Robot, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    robot.status, robot.answer = 200, b'{"errcode":310000,"errmsg":"sign not match"}'
    told(person, robot, "dingtalk", "SECkey")
    said = caplog.text + Delivery.objects.get().reason
    assert all(secret not in said for secret in ("SECRETKEY", "SECkey"))
    stored = Preference.objects.values_list("robot_address", "robot_key").get()
    assert all(secret not in "".join(stored) for secret in ("SECRETKEY", "SECkey"))


def test_after_a_change_of_the_systems_key_the_person_is_told(
    person: Actor, truth: Truth, robot: Robot, settings: Any
) -> None:
    factories.PreferenceFactory.create(user_id=person.user_id, robot="wecom", robot_address=seal(robot.address, USE))
    settings.SECRET_KEY = "another key of fifty characters or more, as it must be long"
    post([Posting(person.user_id, KIND, 7, "soon")])
    place(NOW)
    assert deliver(NOW) == {At.FAILED: 1}
    assert Delivery.objects.get().reason == CHANGED_KEY


@pytest.mark.parametrize(
    ("address", "word"),
    [
        ("https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=x", ""),
        ("http://qyapi.weixin.qq.com/x", "https"),
        ("https://169.254.169.254/latest", "ROBOT_HOSTS"),
        ("https://qyapi.weixin.qq.com@evil.example/", "ROBOT_HOSTS"),
        ("https://qyapi.weixin.qq.com:8443/", "ROBOT_HOSTS"),
        ("http://127.0.0.1:22/", "ROBOT_HOSTS"),
        ("ftp://x", "https"),
        ("https://[::1", "完整"),
        ("随便", "https"),
    ],
)
def test_only_named_servers_are_spoken_to(address: str, word: str) -> None:
    assert word in address_fault(address)
    assert bool(address_fault(address)) == bool(word)


@given(st.text(max_size=3000), st.integers(60, 4000))
def test_a_text_is_cut_within_its_bytes_and_between_characters(text: str, limit: int) -> None:
    text = text.encode(errors="ignore").decode()
    found = shortened(text, limit)
    assert len(found.encode()) <= limit
    assert found == text or found.endswith("…(其余请登录系统查看)")
