"""方案全文: reader, clause in place, source."""

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from spectown.plans.models import Clause, PlanVersion
from spectown.web.plans.carried import _SOURCES, Carried, carries
from spectown.web.plans.reader import excerpt, passages
from tests.factories import PlanVersionFactory, actor, client_for
from tests.web.plan_rows import HTMX, SOURCE, small_plan


@pytest.mark.django_db
def test_reader_shows_clauses_with_anchors_and_what_carries_them_out() -> None:
    plan = small_plan()
    words = client_for().get(reverse("plans:text")).content.decode()
    assert 'id="clause-一(一)"' in words
    assert "甲新局牵头" in words
    assert "各县(区)政府(1个)按职责分工" in words
    assert "现有0个,未达到" in words
    assert plan.version.digest[:16] in words
    assert "附件说明" in words, "text outside the clauses must not be lost"


@pytest.mark.django_db
def test_an_older_version_can_be_read() -> None:
    small_plan()
    old = PlanVersionFactory.create(source_text="旧方案的文字")
    assert "旧方案的文字" in client_for().get(reverse("plans:text"), {"version": old.pk}).content.decode()


@pytest.mark.django_db
def test_clause_answers_htmx_with_its_sentence_and_a_link_with_the_reader() -> None:
    plan = small_plan()
    client, address = client_for(), reverse("plans:clause", kwargs={"ref": "一(一)"})
    part = client.get(address, headers=HTMX)
    assert "打响品牌" in part.content.decode()
    assert "<html" not in part.content.decode()
    assert client.get(address)["Location"].startswith(reverse("plans:text"))
    start = SOURCE.index("打响")
    marked = client.get(address, {"start": start, "end": start + 4}, headers=HTMX).content.decode()
    assert "<mark>打响品牌</mark>" in marked
    assert plan.clause.text.replace("打响品牌", "") not in marked


@pytest.mark.django_db
@pytest.mark.parametrize(("start", "end"), [("x", "9"), ("5", "2"), ("0", "99999"), ("9" * 40, "1"), ("", "")])
def test_a_bad_range_shows_the_clause_without_highlight(start: str, end: str) -> None:
    small_plan()
    address = reverse("plans:clause", kwargs={"ref": "一(一)"})
    response = client_for().get(address, {"start": start, "end": end}, headers=HTMX)
    assert response.status_code == 200
    assert "<mark>" not in response.content.decode()


@pytest.mark.django_db
def test_an_unknown_clause_is_404() -> None:
    small_plan()
    assert client_for().get(reverse("plans:clause", kwargs={"ref": "九(九)"})).status_code == 404


@pytest.mark.django_db
def test_source_is_the_text_as_read() -> None:
    small_plan()
    response = client_for().get(reverse("plans:source"))
    assert response.content.decode() == SOURCE
    assert "attachment" in response["Content-Disposition"]


@pytest.mark.django_db
def test_other_areas_add_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    small_plan()
    monkeypatch.setattr("spectown.web.plans.carried._SOURCES", list(_SOURCES))
    carries(lambda scene: [("一(一)", Carried("督办", f"{scene.actor.name}的一件"))])
    client = client_for()
    assert "的一件" in client.get(reverse("plans:text")).content.decode()
    assert actor().name


@given(st.lists(st.text(alphabet="方案\n 一。", min_size=1, max_size=12), min_size=1, max_size=6), st.data())
def test_passages_keep_every_line_once(parts: list[str], data: st.DataObject) -> None:
    source, clauses, at = "".join(parts), [], 0
    for order, part in enumerate(parts):
        if data.draw(st.booleans()):
            clauses.append(Clause(ref=f"三({order})", level=2, order=order, text=part, start=at, end=at + len(part)))
        at += len(part)
    read = list(passages(PlanVersion(source_text=source), clauses))
    kept = "".join(p.lead + "".join(p.paragraphs) for p in read)
    assert "".join(kept.split()) == "".join(source.split())
    assert [p.ref for p in read if p.ref] == [c.ref for c in clauses]


@given(
    st.text(alphabet="方案责任一二", min_size=1, max_size=20),
    st.integers(0, 50),
    st.integers(-5, 60),
    st.integers(-5, 60),
)
def test_excerpt_loses_nothing(text: str, offset: int, start: int, end: int) -> None:
    found = excerpt(Clause(text=text, start=offset, end=offset + len(text)), start, end)
    assert found.before + found.marked + found.after == text
