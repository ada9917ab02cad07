"""What is said of a wrong 统一社会信用代码: what, and what to do."""

import pytest

from spectown.lists.kinds import code_fault

RIGHT = "91110000600037341L"


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (RIGHT, ""),
        ("91350100M000100Y43", ""),
        (RIGHT[:17], "应为 18 位,现为 17 位"),
        ("", "现为 0 位"),
        (RIGHT + "1", "现为 19 位"),
        ("9111000060003734OL", "不会有“O”"),
        ("91110000I0003734SL", "不会有“I、S”"),
        (RIGHT.lower(), "不会有“l”"),
        ("9111000A600037341L", "前 8 位"),
        ("91110000600037341M", "末位应为 L,现为 M"),
        ("91110000600037314L", "校验位不符"),  # two figures changed places
    ],
)
def test_what_is_wrong_with_a_code(code: str, said: str) -> None:
    found = code_fault(code)
    assert said in found
    assert bool(found) is bool(said)
