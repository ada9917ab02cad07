"""Kinds of town policies and the tasks they serve: read, refused with place and reason."""

import pytest

from spectown.core.policykinds import PolicyFault, read_policy_kinds, serves

LAND = {"kind": "land", "clauses": ["三(九)"], "clause": "四(二)", "source": "建议值"}


def test_a_kind_serves_the_tasks_that_the_plan_names() -> None:
    kinds = read_policy_kinds([LAND])
    assert serves(kinds, "land", "三(九)")
    assert not serves(kinds, "land", "三(三)")
    assert not serves(kinds, "talent", "三(九)")
    assert read_policy_kinds([]) == ()


@pytest.mark.parametrize(
    ("entries", "reason"),
    [
        ([{**LAND, "kind": "houses"}], "kind houses 不是政策类型"),
        ([LAND, LAND], "kind land 写了两次"),
        ([{**LAND, "clauses": "三(九)"}], "policies.yaml 有误:1"),
        ([{"kind": "land"}], "policies.yaml 有误:1"),
    ],
)
def test_faults_name_place_and_reason(entries: list[dict[str, object]], reason: str) -> None:
    with pytest.raises(PolicyFault, match=reason.replace("(", r"\(")):
        read_policy_kinds(entries)
