"""Filters and tags: money, figures, dates, query strings; nothing absent ever reads as a number."""

import datetime
from decimal import Decimal
from urllib.parse import unquote

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from spectown.web.templatetags import spectown as tags

AMOUNTS = st.decimals(min_value=-(10**10), max_value=10**10, places=2)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (Decimal(10000), "1.00 亿元"),
        (Decimal("9999.99"), "9,999.99 万元"),
        (Decimal("123456.7"), "12.35 亿元"),
        (Decimal(-20000), "-2.00 亿元"),
        (5000, "5,000 万元"),
        ("5000.50", "5,000.5 万元"),
        (0, "0 万元"),
        (12345678, "1,234.57 亿元"),
        (None, "未报"),
        ("", "未报"),
        ("约两千", "未报"),
        (float("nan"), "未报"),
        (Decimal("Infinity"), "未报"),
    ],
)
def test_money(value: object, words: str) -> None:
    assert tags.money(value) == words


@given(AMOUNTS)
def test_money_loses_less_than_half_a_unit(amount: Decimal) -> None:
    number, unit = tags.money(amount).split(" ")
    shown = Decimal(number.replace(",", ""))
    assert unit == ("亿元" if abs(amount) >= 10000 else "万元")
    assert abs(shown * (10000 if unit == "亿元" else 1) - amount) <= (50 if unit == "亿元" else 0)


@given(AMOUNTS)
def test_figure_keeps_the_number(amount: Decimal) -> None:
    words = tags.figure(amount)
    assert Decimal(words.replace(",", "")) == amount
    assert not words.endswith(".")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (1280, "1,280"),
        (Decimal("100"), "100"),
        (Decimal("1E+3"), "1,000"),
        (0, "0"),
        (None, "未报"),
        ("≥ 10 户", "≥ 10 户"),
    ],
)
def test_figure(value: object, words: str) -> None:
    assert tags.figure(value) == words


@pytest.mark.parametrize("value", [None, ""])
def test_nothing_is_words(value: object) -> None:
    assert tags.absent(value) == "未填"
    assert tags.absent(value, "无") == "无"
    assert tags.absent(0) == 0


def test_dates() -> None:
    assert tags.date_cn(datetime.date(2026, 1, 3)) == "2026年1月3日"
    late = datetime.datetime(2026, 1, 2, 17, 0, tzinfo=datetime.UTC)
    assert tags.date_cn(late) == "2026年1月3日"
    assert tags.date_cn(None) == ""
    assert tags.date_cn(None, "未定") == "未定"


def render(source: str, query: str = "", **context: object) -> str:
    request = RequestFactory().get(f"/{query}")
    return Template(source).render(Context({"request": request, **context}))


def test_query_replaces_adds_and_drops() -> None:
    assert render("{% query page=2 %}", "?q=%E9%95%87&page=1") == "?q=%E9%95%87&amp;page=2"
    assert render("{% query page=None %}", "?page=1") == "?"
    assert render("{% query county='a b' %}") == "?county=a+b"


def test_query_keeps_several_values_of_a_key() -> None:
    assert render("{% query page=2 %}", "?c=1&c=2") == "?c=1&amp;c=2&amp;page=2"


def test_query_cannot_carry_markup() -> None:
    assert "<" not in render("{% query q=bad %}", bad='"><script>')


@pytest.mark.urls("tests.web.test_shell")
def test_clause_anchor_and_link_agree() -> None:
    links = tags.clause_links(Context({"request": RequestFactory().get("/")}), " 二(四) ")
    assert unquote(links["page"].partition("#")[2]) == tags.clause_anchor("二(四)") == "clause-二(四)"
    assert "(" not in links["page"]


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140 Safari/537.36 Edg/140", "Edge · Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64) Gecko Firefox/140", "Firefox · Linux"),
        ("curl/8", "未能识别"),
    ],
)
def test_browser_names(agent: str, words: str) -> None:
    assert tags.browser(agent) == words


def test_minutes() -> None:
    assert tags.minutes(datetime.timedelta(minutes=30)) == "30 分钟"
    assert tags.minutes(datetime.timedelta(seconds=5)) == "1 分钟"
