"""What tests of several files here share."""

from collections.abc import Iterator

import pytest

from tests.apps.worker_processes import Start, Worker, launched


@pytest.fixture
def start() -> Iterator[Start]:
    """Start workers; whatever still runs at the end of the test is ended."""
    started: list[Worker] = []

    def make(*arguments: str, **more: str) -> Worker:
        started.append(launched(*arguments, **more))
        return started[-1]

    yield make
    for process in started:
        process.kill()
        process.wait()
