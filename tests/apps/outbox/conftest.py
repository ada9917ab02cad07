"""A kind of message whose truth and words the test holds in its hand, and a server that plays the robot."""

import json
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from spectown.outbox.models import Message
from spectown.outbox.registry import KINDS, Kind, Rendered, Untrue

KIND = "test.kind"


@dataclass
class Truth:
    """What the renderer says: `untrue` and `broken` are numbers of objects; `words` may change at any time."""

    words: str = "还有 3 个工作日"
    untrue: set[int] = field(default_factory=set)
    broken: set[int] = field(default_factory=set)
    calls: int = 0

    def render(self, messages: Sequence[Message]) -> Mapping[int, Rendered | Untrue]:
        self.calls += 1
        if self.broken & {message.object_id for message in messages}:
            raise RuntimeError("broken on purpose")
        return {message.pk: self._one(message) for message in messages}

    def _one(self, message: Message) -> Rendered | Untrue:
        if message.object_id in self.untrue:
            return Untrue("该事项已办结。")
        return Rendered(f"事项{message.object_id}", self.words, f"/things/{message.object_id}/")


@pytest.fixture
def truth(monkeypatch: pytest.MonkeyPatch) -> Truth:
    made = Truth()
    monkeypatch.setitem(KINDS, KIND, Kind(KIND, "测试提醒", made.render))
    return made


class Robot:
    """A robot's server on this machine: remembers what was posted, answers what the test says."""

    def __init__(self) -> None:
        self.posts: list[tuple[str, dict[str, Any]]] = []
        self.status, self.answer, self.delay = 200, b'{"errcode":0,"errmsg":"ok"}', 0.0
        self.released = threading.Event()
        owner = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                owner.posts.append((self.path, json.loads(body)))
                if owner.delay:
                    owner.released.wait(owner.delay)
                self.send_response(owner.status)
                self.end_headers()
                self.wfile.write(owner.answer)

            def log_message(self, *args: object) -> None: ...

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.host = f"127.0.0.1:{self.server.server_port}"
        self.address = f"http://{self.host}/cgi-bin/webhook/send?key=SECRETKEY"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self.released.set()
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def robot(settings: Any) -> Iterator[Robot]:
    made = Robot()
    settings.ROBOT_HOSTS = [made.host]
    yield made
    made.close()
