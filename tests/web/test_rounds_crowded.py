"""The pages of a round with 300 applications, every one reviewed by five experts: queries and sense."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from spectown.accounts.models import User
from spectown.organisations.actors import Actor
from spectown.rounds.models import Case, Score
from tests.review_world import pool_of, reviewed
from tests.round_course import accepted, hall, judged
from tests.round_crowd import crowd
from tests.round_world import World

pytestmark = pytest.mark.django_db
MANY = 300


def studied() -> World:
    """One case, reviewed and judged."""
    here = hall(review=True)
    accepted(here)
    reviewed(here, pool_of(here.office), ["80", "85", "90"])
    judged(here)
    return here


def queries(by: Actor, url: str) -> tuple[list[str], str]:
    """Statements of a warm page, and what it shows."""
    browser = Client()
    browser.force_login(User.objects.get(pk=by.person))
    browser.get(url)
    with CaptureQueriesContext(connection) as seen:
        answer = browser.get(url)
    assert answer.status_code == 200
    return [query["sql"] for query in seen.captured_queries], answer.content.decode()


def test_three_hundred_cases_cost_what_one_does() -> None:
    here = studied()
    urls = {
        who: [reverse(name, args=[here.round.pk]) for name in names]
        for who, names in {
            here.office: ("deciding:table", "rounds:round", "experts:progress"),
            here.leader: ("deciding:table",),
        }.items()
    }
    before = {url: len(queries(who, url)[0]) for who, found in urls.items() for url in found}
    crowd(here.fresh(), MANY - 1)
    assert (Case.objects.count(), Score.objects.count()) == (MANY, MANY * 5 * 8)
    for who, found in urls.items():
        for url in found:
            statements, shown = queries(who, url)
            assert len(statements) == before[url], url
            if url.startswith("/experts/"):
                assert "300 件,应有评分 1500 份,已提交 1500 份" in shown
                assert "第 1 / 10 页" in shown
            if "decisions" in url:
                assert len(statements) <= 12, "\n".join(statement[:110] for statement in statements)
                assert "拟认定 300" in shown
                assert shown.count("84.00") == MANY
