"""Documents begun from other screens, with the city's own kinds: what stands there is in the facts, and it renders."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from django.conf import settings
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from spectown.accounts.permissions import Role
from spectown.certification.enums import State
from spectown.certification.models import Application
from spectown.core.officialdoc.blocks import Paragraph
from spectown.core.officialdoc.wording import full_width
from spectown.documents.facts import tree_of
from spectown.documents.layouts import obstacles
from spectown.documents.models import OfficialDocument
from spectown.plans.folder import read_folder
from spectown.plans.models import PlanVersion, Task
from spectown.towns.management.commands.load_plan import load
from spectown.web.documents.sources import lists
from tests import factories
from tests.kept_rows import kept_rows

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[PlanVersion]:
    """The city's plan, once for all tests of the module."""
    with kept_rows(django_db_blocker):
        yield load(read_folder(settings.PLAN_DIR))[0].version


@pytest.fixture
def version(loaded: PlanVersion, db: None) -> PlanVersion:
    return deepcopy(loaded)


@pytest.fixture
def client(version: PlanVersion) -> Client:
    return factories.client_for(Role.OFFICE)


def application(version: PlanVersion, **facts: Any) -> Application:
    filler, checker = factories.UserFactory.create_batch(2)
    done = {"submitted_by": filler, "submitted_at": timezone.now(), "checked_by": checker, "checked_at": timezone.now()}
    unit = factories.UnitFactory.create(name="长子县政府", territory=factories.TerritoryFactory.create())
    made: Application = factories.ApplicationFactory.create(
        version=version, unit=unit, state=State.CHECKED, town_name="青椒专业镇", **done | facts
    )
    return made


def begun(client: Client, name: str, *args: Any, query: str = "") -> OfficialDocument:
    answer = client.post(reverse(f"documents:{name}", args=args) + query)
    assert [str(said) for said in get_messages(answer.wsgi_request)] == ["已按现有数据起草,请核对并补充后保存。"]
    document = OfficialDocument.objects.latest("pk")
    assert answer.url == reverse("documents:edit", args=[document.pk])
    assert client.get(answer.url).status_code == 200
    return document


def test_a_pre_check_with_gaps_becomes_a_correction_notice(client: Client, version: PlanVersion) -> None:
    found = application(version)
    assert "起草补正通知" in client.get(reverse("certification:application", args=[found.pk])).content.decode()
    document = begun(client, "from_application", found.pk, "correction_notice")
    assert document.title == "关于补正青椒专业镇申报材料的通知"
    defects = document.facts["defects"]
    assert len(defects) > 3
    assert {"material", "reason", "detail", "demand"} == set(defects[0])
    assert [receipt.unit for receipt in document.receipts.all()] == [found.unit]
    assert "缺少“补正截止日期”,请补上。" in "".join(obstacles(document, timezone.localdate()))
    document.facts |= {"due": "2026-12-31", "phone": "0355-1"}
    assert obstacles(document, timezone.localdate()) == []
    assert tree_of(document, timezone.localdate()).recipients == ("长子县政府",)
    page = client.get(reverse("certification:application", args=[found.pk])).content.decode()
    assert document.title in page


def test_a_repeal_begins_as_a_notice_that_says_so(client: Client, version: PlanVersion) -> None:
    """With the old text it would order the same thing once more."""
    old = begun(client, "from_application", application(version).pk, "correction_notice")
    old.number, old.title, old.state = "长专镇办〔2026〕7号", "关于补正材料的通知", "issued"
    old.checked_at = old.signed_at = old.issued_at = timezone.now()
    old.checked_by = old.signed_by = old.issued_by = factories.UserFactory.create()
    old.dated = timezone.localdate()
    old.save()
    client.post(reverse("documents:replace", args=[old.pk, "repeal"]))
    new = OfficialDocument.objects.latest("pk")
    assert (new.kind, new.replaces, new.replaces_how) == ("free_notice", old, "repeal")
    assert [receipt.unit for receipt in new.receipts.all()] == [receipt.unit for receipt in old.receipts.all()]
    assert obstacles(new, timezone.localdate()) == []
    tree = tree_of(new, timezone.localdate())
    assert (tree.title, tree.recipients) == ("关于废止《关于补正材料的通知》的通知", ("长子县政府",))
    said = "现决定废止《关于补正材料的通知》(长专镇办〔2026〕7号),自本通知印发之日起不再执行。"
    assert [block.text for block in tree.body if isinstance(block, Paragraph)] == [full_width(said)]


def test_an_application_with_gaps_is_not_accepted(client: Client, version: PlanVersion) -> None:
    found = application(version)
    answer = client.post(reverse("documents:from_application", args=[found.pk, "acceptance_notice"]), follow=True)
    assert "材料还不齐全,不能受理" in answer.content.decode()
    assert not OfficialDocument.objects.exists()


def test_the_chosen_rows_of_a_list_become_an_annex(
    client: Client, version: PlanVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    factories.EnterpriseFactory.create(name="沁县小米公司", search_text="沁县小米公司")
    factories.EnterpriseFactory.create(name="别的公司")
    assert "起草通知,附本清单" in client.get(reverse("lists:list", args=["enterprises"])).content.decode()
    document = begun(client, "from_list", "enterprises", query="?q=沁县小米")
    assert len(document.facts["lines"]) == 1
    assert "沁县小米公司" in document.facts["lines"][0]
    assert len(document.facts["columns"]) == len(document.facts["lines"][0])
    assert obstacles(document, timezone.localdate()) == []
    monkeypatch.setattr(lists, "MOST", 1)
    answer = client.post(reverse("documents:from_list", args=["enterprises"]), follow=True)
    assert "附件最多 1 行" in answer.content.decode()


def test_a_list_without_rows_is_no_annex(client: Client) -> None:
    answer = client.post(reverse("documents:from_list", args=["enterprises"]), follow=True)
    assert "没有一行" in answer.content.decode()


def test_the_matrix_becomes_the_list_of_duties(client: Client, version: PlanVersion) -> None:
    assert "起草责任清单" in client.get(reverse("plans:matrix")).content.decode()
    document = begun(client, "from_matrix")
    duties = document.facts["duties"]
    assert len(duties) == 10
    assert duties[7]["lead"] == ["市招商中心"]
    assert duties[0]["clause"] == "三(一)"
    assert [duty["duty"] for duty in duties if duty["duty"] in duty["content"]] == []
    texts = "".join(Task.objects.filter(version=version).values_list("text", flat=True))
    assert [duty["content"] for duty in duties if f"{duty['content']}。" not in texts] == []  # none breaks off
    assert document.facts["scope"] == "全市"
    assert [said for said in obstacles(document, timezone.localdate()) if "责任岗位" not in said] == []
    own = begun(client, "from_matrix", query="?unit=zhaoshang")
    assert own.facts["scope"] == "市招商中心"
    assert 0 < len(own.facts["duties"]) < 10


def test_a_town_of_the_application_is_concerned_too(client: Client, version: PlanVersion) -> None:
    town = factories.TownFactory.create()
    document = begun(client, "from_application", application(version, town=town).pk, "correction_notice")
    assert {concern.object_type for concern in document.concerns.all()} == {"certification.application", "towns.town"}


@pytest.mark.parametrize("address", ["free_notice", "list_notice", "certificate", "evaluation_report"])
def test_every_form_opens_and_takes_its_sample(client: Client, version: PlanVersion, address: str) -> None:
    from spectown.core.documentkinds.common import sample
    from spectown.documents import services
    from spectown.documents.kinds import kinds_of
    from spectown.organisations.actors import actor_for

    kind = kinds_of(version)[address]
    assert client.get(reverse("documents:draft", args=[address])).status_code == 200
    by = actor_for(factories.MembershipFactory.create(role=Role.OFFICE))
    document = services.draft(kind=address, facts=sample(kind), by=by)
    page = client.get(reverse("documents:edit", args=[document.pk]))
    assert "还要补充或改正" not in page.content.decode()
