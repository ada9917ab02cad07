"""Saved views: kept, renewed, shared, forgotten; each in the log, each only by its owner."""

import pytest

from spectown.accounts.permissions import Role
from spectown.audit.models import Event
from spectown.lib.refusal import Refused
from spectown.lists.declaration import Ledger
from spectown.lists.models import SavedView
from spectown.lists.registry import ledgers
from spectown.lists.services import views
from spectown.organisations.actors import Actor
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.data]
LEDGER: Ledger = next(ledger for ledger in ledgers() if ledger.slug == "enterprises")


@pytest.fixture
def owner() -> Actor:
    return factories.actor(Role.COUNTY_FILL)


def save(owner: Actor, name: str = "龙头", query: str = "chain_role=leading", shared: bool = False) -> SavedView:
    return views.save_view(ledger=LEDGER, name=name, query=query, shared=shared, by=owner)


def test_same_name_is_renewed(owner: Actor) -> None:
    first, second = save(owner), save(owner, query="status=active")
    assert first.pk == second.pk
    assert second.query == "status=active"
    last = Event.objects.filter(action="list.view_save").latest("seq")
    assert (last.before["query"], last.after["query"]) == ("chain_role=leading", "status=active")


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("?a=1&b=", "a=1"),
        ("a=1&after=x&before=y&page=3&sum=1&csrfmiddlewaretoken=t", "a=1"),
        ("a=1&a=2", "a=1&a=2"),
        ("", ""),
    ],
)
def test_only_the_choice_is_kept(query: str, kept: str) -> None:
    assert views.kept_query(query) == kept


@pytest.mark.parametrize("wrong", [{"name": "  "}, {"name": "长" * 41}, {"query": f"q={'x' * 2000}"}])
def test_what_cannot_be_kept_is_refused(owner: Actor, wrong: dict[str, str]) -> None:
    with pytest.raises(Refused):
        save(owner, **wrong)
    assert not SavedView.objects.exists()


def test_number_of_views_is_limited(owner: Actor) -> None:
    for number in range(views.MOST):
        save(owner, name=f"视图{number}")
    with pytest.raises(Refused, match="最多保存"):
        save(owner)
    save(owner, name="视图0", query="status=active")


def test_shared_ones_are_seen_by_others_and_changed_by_none_of_them(owner: Actor) -> None:
    view, other = save(owner), factories.actor(Role.OFFICE)
    assert list(views.saved_views(LEDGER, other)) == []
    views.share_view(view=view, shared=True, by=owner)
    assert list(views.saved_views(LEDGER, other)) == [view]
    for act in (
        lambda: views.share_view(view=view, shared=False, by=other),
        lambda: views.delete_view(view=view, by=other),
    ):
        with pytest.raises(Refused, match="自己"):
            act()
    views.delete_view(view=view, by=owner)
    assert list(views.saved_views(LEDGER, owner)) == []
    actions = ["list.view_save", "list.view_share", "list.view_delete"]
    assert list(Event.objects.filter(action__in=actions).order_by("seq").values_list("action", flat=True)) == actions
