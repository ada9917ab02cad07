"""Many messages by the column are the same messages, and none twice."""

from typing import Any

import pytest
from django.db import transaction

from spectown.outbox import posting
from spectown.outbox.models import Message
from spectown.outbox.posting import Posting, post
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.data]
READ = ("receiver", "unit", "kind", "object_id", "event", "facts", "meant_for", "note", "state", "reason")
REST = ("title", "text", "url", "sent_at", "read_at")


def given() -> list[Posting]:
    person, unit = factories.UserFactory.create(), factories.UnitFactory.create()
    facts = {"step": "一", "name": "2026-11-26", "holder": None}
    told = Posting(person.pk, "work.measure", 7, "due:1", facts, unit_id=unit.pk, meant_for="单位负责人", note="代收")
    return [told, told, Posting(None, "work.measure", 7, "due:1"), Posting(person.pk, "work.report", 7, "due:1")]


def rows() -> list[tuple[Any, ...]]:
    return list(Message.objects.order_by("kind", "state").values_list(*READ, *REST))


def test_by_the_column_as_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    postings = given()
    post(postings)
    plain = rows()
    assert len(plain) == 3
    Message.objects.all().delete()
    monkeypatch.setattr(posting, "FEW", 0)
    with transaction.atomic():
        assert post(postings, alone=True) == 4
        post(postings, alone=True)  # all are there already
    assert rows() == plain
    assert Message.objects.filter(made_at__isnull=False).count() == 3
