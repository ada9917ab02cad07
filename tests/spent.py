"""Where a run's seconds went: the dearest files, by phase, at the end of every longer run."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, Protocol

SHOWN = 10
LONG_SECONDS = 60.0  # below that nobody asks
PHASES = ("setup", "call", "teardown")


class Timed(Protocol):
    """What a phase of a test reports."""

    nodeid: str
    when: str | None
    duration: float


def by_file(reports: Iterable[Timed]) -> list[tuple[str, dict[str, float]]]:
    """Seconds of each file by phase, dearest first."""
    files: dict[str, dict[str, float]] = defaultdict(lambda: dict.fromkeys(PHASES, 0.0))
    for report in reports:
        if report.when in PHASES:
            files[report.nodeid.partition("::")[0]][report.when] += report.duration
    return sorted(files.items(), key=lambda each: -sum(each[1].values()))


def told(files: list[tuple[str, dict[str, float]]]) -> list[str]:
    """The lines to print, none after a short run."""
    whole = sum(sum(phases.values()) for _, phases in files)
    if whole < LONG_SECONDS:
        return []
    lines = [f"{whole:.0f} s in {len(files)} files (setup + call + teardown), the dearest:"]
    for file, phases in files[:SHOWN]:
        parts = " + ".join(f"{phases[phase]:.1f}" for phase in PHASES)
        lines.append(f"{sum(phases.values()):6.1f} s = {parts}  {file}")
    return lines


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print them."""
    reports = [each for group in terminalreporter.stats.values() for each in group if hasattr(each, "when")]
    for line in told(by_file(reports)):
        terminalreporter.write_line(line)
