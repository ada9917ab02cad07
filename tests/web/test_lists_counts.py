"""The count of a large list: 约 on the page, then loaded exactly; without JavaScript by a link."""

import pytest

from spectown.accounts.permissions import Role
from spectown.lists.choosing import counting
from tests import factories

pytestmark = pytest.mark.django_db
LIST = "/lists/enterprises/"


def test_estimate_then_exact_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "SURE", 20)
    monkeypatch.setattr(counting, "SAMPLE", 10)
    factories.EnterpriseFactory.create_batch(60, name="沁州农场", search_text="沁州农场 qznc")
    office = factories.client_for(Role.OFFICE)
    text = office.get(LIST, {"q": "农场"}).content.decode()
    assert "约 <b>" in text
    assert 'hx-trigger="load"' in text
    assert "数准" in text
    part = office.get(LIST, {"q": "农场", "count": "1"}, headers={"HX-Request": "true"}).content.decode()
    assert "共 <b>60</b>" in part
    assert "<table" not in part
    assert "hx-get" not in part
    whole = office.get(LIST, {"q": "农场", "count": "1"}).content.decode()
    assert "共 <b>60</b>" in whole
    assert "count=1" not in whole
