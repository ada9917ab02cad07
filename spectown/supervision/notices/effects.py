"""What the moves of a notice do, by the names of core.supervision.words.EFFECTS."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from django.utils import timezone

from spectown.supervision import effects
from spectown.supervision.confirming import tell_affected
from spectown.supervision.facts import Facts
from spectown.supervision.models import Notice, NoticeFigure, Step
from spectown.supervision.notices import papers, register
from spectown.supervision.notices.conditions import open_report
from spectown.supervision.notices.evidence import freeze
from spectown.supervision.notices.figures import value_of
from spectown.supervision.notices.settings import notice_settings
from spectown.supervision.registry import Effect


def freeze_evidence(facts: Facts, _step: Step) -> None:
    """The evidence as it stands now, with its hash."""
    notice: Notice = facts.row
    freeze(notice, facts.on, facts.by.name)
    notice.save(update_fields=["frozen", "frozen_sha256"])


def begin(facts: Facts, step: Step) -> None:
    """Issued: numbered, and the figure by which the effect will be judged is taken."""
    papers.number(facts, step)
    figure = NoticeFigure.objects.filter(notice=facts.row).first()
    if figure is not None:
        if figure.code:
            figure.before = value_of(figure, facts.on)
        figure.before_on = facts.on
        figure.save(update_fields=["before", "before_on"])


def send_report(facts: Facts, step: Step) -> None:
    """The report that was being written is sent: from now on it stands."""
    found = open_report(facts.row)
    if found is None:
        return
    found.sent_at, found.sent_by_id, found.is_final = timezone.now(), facts.by.person, step.move == "report"
    found.save(update_fields=["sent_at", "sent_by", "is_final"])
    facts.work.percent = 100 if found.is_final else found.percent if found.percent is not None else facts.work.percent


def give_back(facts: Facts, step: Step) -> None:
    """As for all dated work; what was said to be done is not."""
    facts.work.percent = None
    effects.give_back(facts, step)


def measure_effect(facts: Facts, _step: Step) -> None:
    """The day on which the figure is looked at again."""
    wait = datetime.timedelta(notice_settings(facts.on).look_after)
    NoticeFigure.objects.filter(notice=facts.row).update(look_on=facts.on + wait)


EFFECTS: Mapping[str, Effect] = {
    "freeze_evidence": freeze_evidence,
    "paper": papers.hand_in,
    "paper_checked": papers.check,
    "paper_returned": papers.send_back,
    "paper_discarded": papers.discard,
    "number": begin,
    "receive_paper": papers.receive,
    "send_report": send_report,
    "give_back": give_back,
    "measure_effect": measure_effect,
    "tell_affected": tell_affected,
    "paper_stands": register.ask_to_void,
}
