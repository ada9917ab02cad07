"""A bureau's silence: working days, reminders, 视同无异议."""

from typing import Any

import pytest

from spectown.core.monitoring.silence import answer_by, is_reminded, is_silent
from tests.core.monitoring.data import cases
from tests.core.supervision.data import CALENDAR


@pytest.mark.parametrize("case", cases("silence.yaml"))
def test_silence(case: dict[str, Any]) -> None:
    by = answer_by(case["arrived"], case["days"], CALENDAR)
    assert by == case["by"]
    assert is_reminded(by, case["today"], CALENDAR) is case["reminded"]
    assert is_silent(by, case["today"]) is case["silent"]
