"""领导小组: as on a day, substitution."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from spectown.accounts.permissions import Role
from spectown.audit.models import Event
from spectown.organisations.models import Post
from tests.factories import IncumbencyFactory, PostFactory, SeatFactory, client_for
from tests.web.plan_rows import small_plan

pytestmark = pytest.mark.django_db
SINCE = datetime.date(2024, 5, 1)
FILLED = {"person": "李四", "title": "", "since": "2024-05-01", "document": "长组干〔2024〕1号"}


@pytest.fixture
def post() -> Post:
    plan = small_plan()
    seat = SeatFactory.create(version=plan.version, printed_name="王克")
    IncumbencyFactory.create(post=seat.post, person="王克")
    return seat.post


def test_page_shows_who_sat_on_a_day(post: Post) -> None:
    client = client_for()
    assert client.post(reverse("plans:substitute", args=[post.pk]), FILLED).status_code == 302
    now = client.get(reverse("plans:group")).content.decode()
    assert "李四" in now
    assert "王克(至 2024-04-30)" in now
    then = client.get(reverse("plans:group"), {"on": "2024-04-30"}).content.decode()
    assert "李四" not in then
    assert Event.objects.filter(action="post.substitute").count() == 1


@pytest.mark.parametrize("day", ["x", "2024-13-01", "0001-01-01"])
def test_a_bad_day_is_named_and_today_shown(post: Post, day: str) -> None:
    response = client_for().get(reverse("plans:group"), {"on": day})
    assert response.status_code == 422
    assert "日期" in response.content.decode()
    assert "王克" in response.content.decode()


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("person", "", "请填写现任者姓名"),
        ("since", "soon", "日期应写成"),
        ("since", str(timezone.localdate() + datetime.timedelta(days=2)), "不能晚于今天"),
        ("since", "1900-01-01", "日期太早"),
        ("document", "", "请填写依据"),
        ("person", "王克", "已是现任"),
    ],
)
def test_faults_and_refusals_stand_in_the_form_and_nothing_typed_is_lost(
    post: Post, field: str, value: str, message: str
) -> None:
    response = client_for().post(reverse("plans:substitute", args=[post.pk]), {**FILLED, field: value})
    words = response.content.decode()
    assert response.status_code == 422
    assert message in words
    assert field == "document" or "长组干〔2024〕1号" in words
    assert post.incumbencies.count() == 1
    assert not Event.objects.filter(action__startswith="post.").exists()


def test_form_shows_the_history(post: Post) -> None:
    assert "方案附件1" in client_for().get(reverse("plans:substitute", args=[post.pk])).content.decode()


def test_only_the_office_substitutes(post: Post) -> None:
    address = reverse("plans:substitute", args=[post.pk])
    client = client_for(Role.LEADER)
    assert client.post(address, FILLED).status_code == 403
    assert "登记替补" not in client.get(reverse("plans:group")).content.decode()
    assert post.incumbencies.count() == 1


def test_a_post_outside_the_current_plan_is_404(post: Post) -> None:
    assert client_for().get(reverse("plans:substitute", args=[PostFactory.create().pk])).status_code == 404


def test_a_seat_without_incumbent_is_shown_as_such(post: Post) -> None:
    SeatFactory.create(version=post.seats.get().version)
    assert "没有登记任职人" in client_for().get(reverse("plans:group")).content.decode()
