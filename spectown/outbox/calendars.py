"""A person's dates as an iCalendar feed (RFC 5545), by the secret address alone."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from django.utils import timezone
from icalendar import Calendar, Event

from spectown.accounts.models import User
from spectown.outbox.models import Feed
from spectown.outbox.passing import at_work
from spectown.outbox.registry import DATES, Entry
from spectown.outbox.rendering import absolute
from spectown.outbox.services import digest_of


def owner_of(token: str) -> User | None:
    """Whose calendar the address is; None where it was taken back, or the person has left."""
    row = Feed.objects.filter(digest=digest_of(token), revoked_at=None).select_related("user").first()
    return row.user if row and at_work({row.user_id}, timezone.now()) else None


def calendar_of(user: User, now: datetime.datetime) -> bytes:
    """All dates of the person as whole days."""
    made = Calendar()
    made.add("prodid", "-//Spectown//zhuanzhentong//ZH")
    made.add("version", "2.0")
    made.add("x-wr-calname", f"专镇通期限({user.name})")
    made.add("refresh-interval;value=duration", "PT6H")
    for entry in entries_of(user, timezone.localdate(now)):
        made.add_component(_event(entry, now))
    return bytes(made.to_ical())


def entries_of(user: User, today: datetime.date) -> Iterator[Entry]:
    """What all sources know of the person; what several of them know (own work that the person also oversees) once."""
    told: set[str] = set()
    for code in sorted(DATES, reverse=True):  # own work before what is overseen
        for entry in DATES[code](user.pk, today):
            if entry.uid not in told:
                told.add(entry.uid)
                yield entry


def _event(entry: Entry, now: datetime.datetime) -> Event:
    made = Event()
    made.add("uid", f"{entry.uid}@spectown")
    made.add("dtstamp", now.astimezone(datetime.UTC))
    made.add("dtstart", entry.day)
    made.add("dtend", entry.day + datetime.timedelta(days=1))
    made.add("summary", entry.title)
    made.add("transp", "TRANSPARENT")
    if entry.text:
        made.add("description", entry.text)
    if absolute(entry.url):
        made.add("url", absolute(entry.url))
    return made
