"""Dated work of the world for the access table."""

from typing import Any

from spectown.organisations.models import Unit
from tests import factories

Args = dict[str, dict[str, Any]]


def notices(unit: Unit) -> Args:
    """Own: with the unit, with a report and a file that were not sent. Elsewhere: another unit's. A draft."""
    args: Args = {}
    own = factories.NoticeFactory.create(sent=True, work__holder=unit)
    elsewhere = factories.NoticeFactory.create(sent=True)
    for name, notice in (("notice", own), ("notice_elsewhere", elsewhere)):
        pk = {"pk": notice.pk}
        file = factories.NoticeFileFactory.create(report__notice=notice)
        asked = factories.ExtensionFactory.create(work=notice.work)
        args |= {
            name: pk,
            f"{name}_move": {**pk, "code": "verify"},
            f"{name}_file": {**pk, "file": file.pk},
            f"{name}_extension": {**pk, "extension": asked.pk, "code": "grant"},
        }
    draft = factories.NoticeFactory.create()
    return {**args, "no_notice_move": {"pk": own.pk, "code": "nothing"}, "notice_draft": {"pk": draft.pk}}
