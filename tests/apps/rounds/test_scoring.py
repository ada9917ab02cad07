"""Declaration first, own sheet only, blind until submitted, bound to the version that was read."""

import datetime

import pytest
from django.utils import timezone

from spectown.audit.models import Event
from spectown.lib.refusal import Refused
from spectown.organisations.actors import NotAllowed
from spectown.rounds.facts import Facts
from spectown.rounds.models import Case, Score
from spectown.rounds.panels import seats_of
from spectown.rounds.reading import in_reading_order, refusals, seats_for
from spectown.rounds.services import declaring, scoring, seating, visits
from spectown.rounds.services.scoring import Typed
from spectown.rounds.sheets import changes, newest_version, score_of, total_spread
from tests.review_world import SEED, SOURCE, Review, accepted, reviewing
from tests.round_world import PDF

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"


def test_nothing_before_the_declaration() -> None:
    found = reviewing()
    seat = found.seats()[0]
    assert "请先作出无利益冲突的声明。" in refusals(seat)
    with pytest.raises(Refused, match="请先作出无利益冲突的声明"):
        scoring.save(seat=seat, typed={"heritage": Typed("80", False, "老")}, by=found.by(seat))
    declaring.declare(seat=seat, by=found.by(seat))
    assert scoring.save(seat=seat, typed={"heritage": Typed("80", False, "老")}, by=found.by(seat)) == {}


def test_only_the_own_seat() -> None:
    found = reviewing()
    mine, other = found.seats()[:2]
    for act in (declaring.declare, scoring.submit, scoring.confirm):
        with pytest.raises(Refused, match="不在您的评审名单中"):
            act(seat=other, by=found.by(mine))  # type: ignore[operator]
    with pytest.raises(NotAllowed):
        declaring.declare(seat=mine, by=found.office)
    assert [seat.pk for seat in seats_for(found.by(mine))] == [mine.pk]


def test_a_declared_conflict_ends_the_seat() -> None:
    found = reviewing()
    seat = found.seats()[0]
    with pytest.raises(Refused, match="请写明回避的原因"):
        declaring.recuse(seat=seat, reason=" ", by=found.by(seat))
    declaring.recuse(seat=seat, reason="亲属任职", by=found.by(seat))
    assert not seats_for(found.by(seat)).exists()
    assert Event.objects.get(action="case.recuse").reason == "亲属任职"
    reserve = found.seats()[-1]
    assert reserve.version == newest_version(found.case)
    with pytest.raises(Refused, match="没有这件申报"):
        declaring.declare(seat=seat, by=found.by(seat))


@pytest.mark.data
def test_what_was_typed_is_kept_and_wrong_points_are_told() -> None:
    found = reviewing()
    seat = found.seats()[0]
    declaring.declare(seat=seat, by=found.by(seat))
    scoring.save(seat=seat, typed={"market": Typed("66.5", False, "")}, by=found.by(seat))
    faults = scoring.save(
        seat=seat,
        typed={"market": Typed("165", False, "销路好"), "heritage": Typed("八十", False, "百年")},
        by=found.by(seat),
    )
    assert faults == {
        "market": "“市场需求较大”应为 0 至 100 分,现为 165。",
        "heritage": "“历史传承厚重”的分数应为数字,现为“八十”。",
    }
    assert list(Score.objects.values_list("item", "points", "reason")) == [
        ("market", 66.5, "销路好"),
        ("heritage", None, "百年"),
    ]
    with pytest.raises(Refused, match="“历史传承厚重”还没有评分。"):
        scoring.submit(seat=seat, by=found.by(seat))


def test_typing_that_changes_nothing_leaves_no_event() -> None:
    found = reviewing()
    seat = found.seats()[0]
    declaring.declare(seat=seat, by=found.by(seat))
    for reason in ("稳", "稳", "稳定"):
        scoring.save(seat=seat, typed={"market": Typed("70", False, reason)}, comment="", by=found.by(seat))
    assert [event.after for event in Event.objects.filter(action="case.save_scores")] == [{"items": ["market"]}] * 2


def test_points_or_abstention_both_with_a_reason() -> None:
    found = reviewing()
    seat = found.seats()[0]
    found.score(seat, over={"market": Typed("90", True, "不熟悉这个市场")})
    score = Score.objects.get(item="market")
    assert (score.points, score.abstained) == (None, True)
    with pytest.raises(Refused, match="已经提交"):
        scoring.save(seat=seat, typed={}, by=found.by(seat))


@pytest.mark.data
def test_enough_scores_end_the_review() -> None:
    found = reviewing()
    for number, seat in enumerate(found.seats()[:2]):
        found.score(seat, str(70 + number))
    with pytest.raises(Refused, match="已提交评分2份,至少须3份"):
        found.here.go("end_review", found.office)
    found.score(found.seats()[2], "90")
    rules = found.case.rules.rules
    score = score_of(seats_of(found.case), newest_version(found.case), rules)
    assert (score.shown, total_spread(score, rules).count) == (77, 3)
    assert found.here.go("end_review", found.office).state == "deciding"


def test_a_newer_version_is_shown_and_confirmed() -> None:
    found = reviewing()
    seat = found.seats()[0]
    found.score(seat)
    found.newer()
    facts = Facts(found.case)
    assert score_of(seats_of(found.case), facts.version, facts.rules).items[0].given == 0
    seat.refresh_from_db()
    assert seat.version
    assert facts.version
    told = changes(seat.version, facts.version, {"employees": "从业人数"}, {})
    assert [(each.label, each.before, each.after) for each in told] == [("从业人数", "未填", "321")]
    scoring.confirm(seat=seat, by=found.by(seat))
    assert score_of(seats_of(found.case), facts.version, facts.rules).items[0].given == 1
    with pytest.raises(Refused, match="没有需要确认"):
        scoring.confirm(seat=seat, by=found.by(seat))


def test_an_unread_newer_version_stops_submitting() -> None:
    found = reviewing()
    seat = found.seats()[0]
    found.newer()
    with pytest.raises(Refused, match="请先看差异并确认"):
        found.score(seat)
    scoring.confirm(seat=seat, by=found.by(seat))
    seat.refresh_from_db()
    found.score(seat)
    seat.refresh_from_db()
    assert seat.version
    assert seat.version.number == 2


def test_the_office_gives_a_sheet_back_with_a_reason() -> None:
    found = reviewing()
    seat = found.seats()[0]
    found.score(seat)
    seat.refresh_from_db()
    with pytest.raises(Refused, match="请写明退回评分的理由"):
        scoring.reopen(seat=seat, reason="", by=found.office)
    with pytest.raises(NotAllowed):
        scoring.reopen(seat=seat, reason="看错了", by=found.by(seat))
    scoring.reopen(seat=seat, reason="误填", by=found.office)
    scoring.save(seat=seat, typed={"market": Typed("10", False, "重看")}, by=found.by(seat))
    scoring.submit(seat=seat, by=found.by(seat))
    with pytest.raises(Refused, match="不能再退出"):
        seating.release(seat=seat, reason="换人", by=found.office)


def test_before_the_review_begins_nothing_is_read() -> None:
    found = accepted()
    seating.draw(case=found.case, seed=SEED, source=SOURCE, by=found.office)
    seat = found.seats()[0]
    declaring.declare(seat=seat, by=found.by(seat))
    seat.refresh_from_db()
    assert refusals(seat) == ["本件现在是“已受理”,不在评审环节。"]


def visited() -> Review:
    found = accepted()
    seating.draw(case=found.case, seed=SEED, source=SOURCE, by=found.office)
    with pytest.raises(Refused, match="写明安排或者不安排"):
        visits.plan(case=found.case, visit=True, reason="", by=found.office)
    visits.plan(case=found.case, visit=True, reason="产值需核实", by=found.office)
    found.here.go("start_review", found.office)
    for seat in found.seats()[:3]:
        found.score(seat)
    return found


def seen(*signers: str, text: str = "厂房在用", on: int = 0) -> visits.Seen:
    return visits.Seen(text, timezone.localdate() + datetime.timedelta(days=on), signers)


@pytest.mark.data
def test_a_visit_needs_two_signatures() -> None:
    found = visited()
    with pytest.raises(Refused, match="还不满足:本件不安排实地核查"):
        found.here.go("end_review", found.office)
    found.here.go("start_visit", found.office)
    seat = found.seats()[0]
    seat.refresh_from_db()
    visits.note(case=found.case, seen=seen(), name="照片.png", content=PNG, seat=seat, by=found.by(seat))
    with pytest.raises(Refused, match="两人以上签名"):
        found.here.go("end_visit", found.office)
    visits.note(case=found.case, seen=seen("李四"), name="记录.pdf", content=PDF, by=found.office)
    assert found.here.go("end_visit", found.office).state == "deciding"


def test_what_a_visit_note_must_be() -> None:
    found = visited()
    seat = found.seats()[0]
    wrong = [
        ({"seen": seen(text=" ")}, "请写明看到了什么"),
        ({"seen": seen(on=1)}, "不能晚于今天"),
        ({"content": b"MZ"}, "内容不是 PNG"),
        ({"name": "照片.exe"}, "类型不能上传"),
    ]
    for over, sentence in wrong:
        given = {"seen": seen(), "name": "照片.png", "content": PNG, **over}
        with pytest.raises(Refused, match=sentence):
            visits.note(case=found.case, seat=seat, by=found.by(seat), **given)  # type: ignore[arg-type]
    other = found.seats()[3]
    with pytest.raises(Refused, match="请先作出无利益冲突的声明"):
        visits.note(case=found.case, seen=seen(), name="照片.png", content=PNG, seat=other, by=found.by(other))


def test_where_no_visit_is_planned_none_is_recorded() -> None:
    found = visited()
    seat = found.seats()[0]
    Case.objects.update(visit=False)
    for by, at in ((found.by(seat), seat), (found.office, None)):
        with pytest.raises(Refused, match="本件不安排实地核查"):
            visits.note(case=found.case, seen=seen(), name="照片.png", content=PNG, seat=at, by=by)


def test_each_expert_reads_in_an_own_stable_order() -> None:
    found = reviewing()
    seats = list(seats_for(found.by(found.seats()[0])))
    assert in_reading_order(seats) == in_reading_order(list(reversed(seats))) == seats
