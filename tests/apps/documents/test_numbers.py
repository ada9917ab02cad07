"""Numbers have no gaps and no twins, whoever issues at the same time and whatever is refused or fails meanwhile."""

import contextlib
import threading

import pytest
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from spectown.documents import services
from spectown.documents.models import NumberSequence, OfficialDocument
from spectown.documents.services.numbering import next_serial
from spectown.lib.refusal import Refused
from spectown.organisations.actors import Actor
from spectown.organisations.enums import NameKind
from spectown.organisations.models import Unit
from tests import factories
from tests.apps.documents.conftest import FACTS

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.data]

# What each of several people who act at once does, one after the other: True issues, False takes a number and fails.
PEOPLE = st.lists(st.lists(st.booleans(), min_size=1, max_size=4), min_size=2, max_size=4)


class FailedOnPurpose(Exception):
    """What goes wrong after a number was taken."""


def take(organ: str, code: str, year: int, issues: bool) -> int:
    """Take a number; where it fails afterwards, the transaction takes the number back."""
    with transaction.atomic():
        serial = next_serial(organ, code, year)
        if not issues:
            raise FailedOnPurpose
        return serial


def at_once(work: list[list[bool]], organ: str, code: str) -> tuple[list[int], list[Exception]]:
    taken, faults, start = [], [], threading.Barrier(len(work))

    def person(steps: list[bool]) -> None:
        start.wait()
        try:
            for issues in steps:
                with contextlib.suppress(FailedOnPurpose):
                    taken.append(take(organ, code, 2026, issues))
        except Exception as error:
            faults.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=person, args=(steps,)) for steps in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return taken, faults


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(work=PEOPLE, organ=st.sampled_from(["office", "某局"]), code=st.sampled_from(["甲", "乙"]))
def test_no_gap_and_no_twin(work: list[list[bool]], organ: str, code: str) -> None:
    others = dict(NumberSequence.objects.exclude(organ=organ, code=code).values_list("pk", "last"))
    own = NumberSequence.objects.filter(organ=organ, code=code)
    before = own.values_list("last", flat=True).first() or 0
    taken, faults = at_once(work, organ, code)
    assert faults == []
    count = sum(map(sum, work))
    assert sorted(taken) == list(range(before + 1, before + count + 1))
    assert dict(NumberSequence.objects.exclude(organ=organ, code=code).values_list("pk", "last")) == others


def test_documents_issued_at_once(drafter: Actor, checker: Actor, leader: Actor) -> None:
    waiting = []
    for number in range(6):
        document = services.draft(kind="free_notice", facts=FACTS, by=drafter)
        services.move(document=document, code="submit", by=drafter)
        waiting.append(services.move(document=document, code="check", by=checker))
        if number == 3:  # a fault that is there only when it is issued
            OfficialDocument.objects.filter(pk=document.pk).update(facts=FACTS | {"content": "控制字符\x07"})
    refused: list[str] = []

    def sign(document: OfficialDocument) -> None:
        try:
            services.move(document=document, code="sign", by=leader)
        except Refused as refusal:
            refused.append(str(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=sign, args=(document,)) for document in waiting]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    assert "控制字符" in refused[0]
    serials = OfficialDocument.objects.filter(serial__isnull=False).values_list("serial", flat=True)
    assert sorted(serials) == [1, 2, 3, 4, 5]


def signed(actors: tuple[Actor, Actor, Actor], kind: str = "free_notice", **facts: object) -> OfficialDocument:
    drafter, checker, leader = actors
    document = services.draft(kind=kind, facts=FACTS | facts, by=drafter)
    services.move(document=document, code="submit", by=drafter)
    services.move(document=document, code="check", by=checker)
    return services.move(document=document, code="sign", by=leader)


def test_every_organ_counts_for_itself(drafter: Actor, checker: Actor, leader: Actor) -> None:
    people, year = (drafter, checker, leader), timezone.localdate().year
    assert signed(people).number == f"某专镇办〔{year}〕1号"
    other = signed(people, organs=["某市工信局", "领导小组办公室"], code="某工信")
    assert (other.number, other.number_organ) == (f"某工信〔{year}〕1号", "某市工信局")
    assert signed(people).serial == 2
    assert [signed(people, "brief", organs=[organ]).number for organ in ("某市工信局", "某局", "某局")] == [
        "第1期", "第1期", "第2期",
    ]  # fmt: skip
    with pytest.raises(Refused, match=r"机关代字“某专镇办”.*已由.*使用.*请在“公文要素”中填写"):
        signed(people, organs=["某市工信局"])


def test_a_renamed_organ_goes_on_counting(drafter: Actor, checker: Actor, leader: Actor, office: Unit) -> None:
    first = signed((drafter, checker, leader))
    factories.UnitNameFactory.create(unit=office, name="某市专业镇工作专班", kind=NameKind.FULL)
    second = signed((drafter, checker, leader), organs=["某市专业镇工作专班"])
    assert (first.number_organ, second.number_organ) == (office.code, office.code)
    assert (first.serial, second.serial) == (1, 2)
