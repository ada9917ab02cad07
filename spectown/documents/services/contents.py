"""What stands in a draft: facts as they are kept, its title, its words for the search."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone

from spectown.core.documentkinds.patterns import texts
from spectown.documents.facts import day_of, title_of
from spectown.documents.models import OfficialDocument
from spectown.lib.refusal import Refused


def plain(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Facts as JSON: dates as ISO text, figures as text, so that nothing is rounded."""
    written = json.dumps(dict(facts), cls=DjangoJSONEncoder, ensure_ascii=False)
    if "\\u0000" in written:
        raise Refused("填写的内容中有不能保存的控制字符,请删去后再保存。")
    found: dict[str, Any] = json.loads(written)
    return found


def entitle(document: OfficialDocument) -> None:
    """Write title and words after a change of the facts."""
    document.title = title_of(document, day_of(document, timezone.localdate()))
    document.words = "\n".join(texts(document.facts))
    document.save(update_fields=["title", "words"])
