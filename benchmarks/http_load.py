"""A web server of our own and clients for it: one after another, or many at once."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

TRIES = 200


@contextmanager
def server(environment: dict[str, str], workers: int = 2) -> Iterator[tuple[int, int]]:
    """Start gunicorn as `spectown start` does; yield its port and process number, and stop it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{port}", "--threads", "4"]
    options = ["--workers", str(workers), "--worker-class", "gthread", "--log-level", "warning", "--timeout", "120"]
    process = subprocess.Popen([*command, *options], env={**os.environ, **environment})
    try:
        _wait(port)
        yield port, process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)


def _wait(port: int) -> None:
    for _ in range(TRIES):
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the web server did not start")


def get(port: int, address: str, cookie: str) -> bytes:
    """One page; anything but 200 ends the benchmark."""
    request = urllib.request.Request(f"http://127.0.0.1:{port}{address}", headers={"Cookie": cookie})
    with urllib.request.urlopen(request, timeout=120) as answer:
        if answer.status != 200 or answer.url.partition("?")[0] != request.full_url.partition("?")[0]:
            raise SystemExit(f"{address}: {answer.status} {answer.url}")
        found: bytes = answer.read()
        return found


def seconds(port: int, addresses: list[str], cookie: str) -> list[float]:
    """Time of each page, one client, one connection."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    return [_one(connection, address, cookie) for address in addresses]


def _one(connection: http.client.HTTPConnection, address: str, cookie: str) -> float:
    start = time.perf_counter()
    connection.request("GET", address, headers={"Cookie": cookie})
    answer = connection.getresponse()
    answer.read()
    if answer.status != 200:
        raise SystemExit(f"{address}: {answer.status}")
    return time.perf_counter() - start


def throughput(port: int, addresses: list[str], cookie: str, clients: int, lasting: float) -> float:
    """Pages in a second with so many clients at once."""
    done: list[int] = []
    end = time.perf_counter() + lasting

    def client(number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        turn = number
        while time.perf_counter() < end:
            _one(connection, addresses[turn % len(addresses)], cookie)
            turn += 1
        done.append(turn - number)

    threads = [threading.Thread(target=client, args=(n,)) for n in range(clients)]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if len(done) != clients:
        raise SystemExit("a client failed")
    return sum(done) / (time.perf_counter() - start)


def peak_mb(process: int) -> int:
    """Largest memory that any worker of the server ever had."""
    workers = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return max(_status(worker, "VmHWM") for worker in workers) // 1024


def _status(process: str, name: str) -> int:
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:"))
