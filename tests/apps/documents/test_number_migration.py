"""Numbers given before organs counted for themselves: each gets its organ, none can be given a second time."""

from importlib import import_module

import pytest
from django.apps import apps

from spectown.documents.models import NumberSequence, OfficialDocument
from spectown.organisations.models import Unit
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.data]
MIGRATION = import_module("spectown.documents.migrations.0006_number_organs")


def numbered(serial: int, organs: list[str], code: str = "某专镇办") -> OfficialDocument:
    made: OfficialDocument = factories.OfficialDocumentFactory.create(
        facts={"organs": organs} if serial % 2 else {}, organs=organs, code=code, year=2026, serial=serial,
        number=f"{code}〔2026〕{serial}号",
    )  # fmt: skip
    return made


def test_organs_that_shared_a_sequence_go_on_behind_its_last_number(office: Unit) -> None:
    own = [numbered(serial, ["某市专业镇发展领导小组办公室"]) for serial in (1, 2, 4)]
    other, single = numbered(3, ["某市工信局"]), numbered(1, ["某局"], "某局发")
    NumberSequence.objects.create(code="某专镇办", year=2026, last=4)
    NumberSequence.objects.create(code="某局发", year=2026, last=1)
    NumberSequence.objects.create(code="没用过", year=2026, last=0)
    MIGRATION.name_organs(apps, None)
    MIGRATION.name_organs(apps, None)  # again changes nothing
    for document in (*own, other, single):
        document.refresh_from_db()
    assert {document.number_organ for document in own} == {office.code}
    assert (other.number_organ, single.number_organ) == ("某市工信局", "某局")
    found = set(NumberSequence.objects.values_list("organ", "code", "last"))
    assert found == {
        (office.code, "某专镇办", 4), ("某市工信局", "某专镇办", 4), ("某局", "某局发", 1), ("", "没用过", 0),
    }  # fmt: skip
