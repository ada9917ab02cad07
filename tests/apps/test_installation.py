"""A database holds real or demonstration data, never both."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from spectown.accounts.models import Installation
from spectown.audit.models import Event
from spectown.web.demo import NotDemo, load_demo
from spectown.web.installation import WrongKind, demo_rows, make_production
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.data]


def test_an_empty_database_becomes_a_real_one_once() -> None:
    assert make_production()
    assert not make_production()
    assert Installation.objects.get().mode == Installation.Mode.PRODUCTION
    assert Event.objects.filter(action="installation.init").count() == 1


def test_a_real_database_takes_no_demonstration() -> None:
    make_production()
    with pytest.raises(NotDemo, match="正式数据"):
        load_demo()


def test_a_demonstration_database_never_becomes_real() -> None:
    factories.InstallationFactory.create(mode=Installation.Mode.DEMO)
    with pytest.raises(WrongKind, match="演示数据"):
        make_production()


def test_rows_of_the_demonstration_are_found_and_named() -> None:
    factories.TownFactory.create(is_demo=True)
    assert demo_rows() == {"专业镇": 1}
    with pytest.raises(WrongKind, match="专业镇 1 行"):
        make_production()


def test_the_command_prepares_plan_and_kind() -> None:
    told: Any = StringIO()
    call_command("init", stdout=told)
    assert "正式库已建立" in told.getvalue()
    assert "create_user" in told.getvalue()
    call_command("init", stdout=told)
    assert "没有变化" in told.getvalue()
