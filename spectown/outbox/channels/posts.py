"""One POST of JSON with a time limit: no redirects, no proxies, a bounded answer."""

from __future__ import annotations

import http.client
import json
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from spectown.outbox.channels import Undelivered

SECONDS = 10
LONGEST = 64 * 1024  # bytes of an answer that are read
AWAY = "群机器人的服务器连接不上或没有按时回答,请系统管理员检查网络;稍后自动再试。"


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, and the JSON object of the body (empty where it is none)."""

    status: int
    content: Mapping[str, Any]


def post_json(address: str, payload: Mapping[str, Any], seconds: float = SECONDS) -> Answer:
    """Post to an address that has been checked; raises Undelivered where no answer comes. Logs nothing."""
    parts = urlsplit(address)
    port, host = parts.port, str(parts.hostname)
    body = json.dumps(payload, ensure_ascii=False).encode()
    target = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    connection = (
        http.client.HTTPSConnection(host, port, timeout=seconds, context=ssl.create_default_context())
        if parts.scheme == "https"
        else http.client.HTTPConnection(host, port, timeout=seconds)
    )
    try:
        connection.request("POST", target, body, {"Content-Type": "application/json; charset=utf-8"})
        response = connection.getresponse()
        return Answer(response.status, _object(response.read(LONGEST)))
    except (OSError, http.client.HTTPException) as error:
        raise Undelivered(AWAY, again=True) from error
    finally:
        connection.close()


def _object(body: bytes) -> Mapping[str, Any]:
    try:
        found = json.loads(body)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
