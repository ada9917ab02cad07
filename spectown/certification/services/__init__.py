"""Every change of an application: checked, made and logged in one transaction."""

from spectown.certification.services.answers import StaleRevision, create, save_answers
from spectown.certification.services.files import add_file, remove_file
from spectown.certification.services.judgements import judge
from spectown.certification.services.moves import (
    check,
    move,
    obstacles,
    refusals,
    reopen,
    resume,
    return_,
    submit,
    withdraw,
)

__all__ = [
    "StaleRevision",
    "add_file",
    "check",
    "create",
    "judge",
    "move",
    "obstacles",
    "refusals",
    "remove_file",
    "reopen",
    "resume",
    "return_",
    "save_answers",
    "submit",
    "withdraw",
]
