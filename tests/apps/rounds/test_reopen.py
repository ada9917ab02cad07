"""Extending the window (延长申报): only with changed rules that a second person publishes, and for everybody."""

import pytest

from spectown.lib.refusal import Refused
from spectown.rounds.models import Round
from spectown.rounds.services import round_moves, rounds
from tests.round_course import later
from tests.round_world import DAY, World, world

pytestmark = [pytest.mark.django_db, pytest.mark.data]


def move(here: World, code: str, by: object, reason: str = "") -> Round:
    return round_moves.move(round_=here.round, code=code, by=by, reason=reason)  # type: ignore[arg-type]


def test_a_round_is_extended_by_a_new_version_of_its_rules() -> None:
    here = world()
    here.fill()
    with later(40):
        move(here, "close_window", here.second)
        with pytest.raises(Refused, match="申报截止日改到今天或以后"):
            move(here, "reopen", here.second, "各县区来不及")
        content = here.round.rules_versions.get().rules.model_dump(mode="json")
        until = here.round.rules_versions.get().rules.window.closes + 30 * DAY
        content["window"]["closes"] = until.isoformat()
        revision = Round.objects.get(pk=here.round.pk).revision
        rounds.change(round_=here.round, content=content, revision=revision, reason="各县区来不及", by=here.office)
        with pytest.raises(Refused, match="两人分别办理"):
            move(here, "reopen", here.office, "各县区来不及")
        with pytest.raises(Refused, match="截止"):
            here.go("hand_in", here.fills)
        assert move(here, "reopen", here.second, "各县区来不及").state == "open"
        newest = here.round.rules_versions.order_by("-number")[0]
        assert (newest.number, newest.published_by_id) == (2, here.second.person)
        assert newest.differences
        assert here.fresh().rules.number == 1
        assert here.go("hand_in", here.fills).state == "county_check"
