"""Recheck (复核): the sample by a published seed, the outcome of an item, the proposal."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from spectown.core.rounds.drawing import shuffled


@dataclass(frozen=True, slots=True)
class Sample:
    """A draw as it is recorded: by stratum (county or field), who was drawn of how many."""

    seed: str
    share: Fraction
    drawn: Mapping[str, tuple[str, ...]]
    sizes: Mapping[str, int]

    @property
    def numbers(self) -> tuple[str, ...]:
        """All that were drawn."""
        return tuple(number for numbers in self.drawn.values() for number in numbers)


def sample(seed: str, strata: Mapping[str, Iterable[str]], share: Fraction, *, least: int = 1) -> Sample:
    """Draw a share of each stratum, rounded up, at least `least` (or all there are); ValueError: not in 0..1."""
    if not 0 <= share <= 1 or least < 0:
        raise ValueError(f"share of a sample is {share}, at least {least}")
    whole = {name: shuffled(seed, f"recheck {name}", numbers) for name, numbers in sorted(strata.items())}
    drawn = {name: tuple(order[: max(_ceil(share * len(order)), least)]) for name, order in whole.items()}
    return Sample(seed, share, drawn, {name: len(order) for name, order in whole.items()})


def _ceil(value: Fraction) -> int:
    return -(-value).__floor__()


class Verdict(StrEnum):
    """What an inspector says of an item."""

    FINE = "fine"
    FAULT = "fault"


class ItemState(StrEnum):
    """Where an item of a recheck stands."""

    OPEN = "open"
    PASSED = "passed"
    PASSED_BY_SILENCE = "passed_by_silence"
    FAULT = "fault"
    NO_EVIDENCE = "no_evidence"

    @property
    def label(self) -> str:
        """Chinese label for the screen."""
        return _ITEM_LABELS[self]


_ITEM_LABELS = {
    ItemState.OPEN: "待核查",
    ItemState.PASSED: "合格",
    ItemState.PASSED_BY_SILENCE: "期满未提问题视为合格",
    ItemState.FAULT: "有问题",
    ItemState.NO_EVIDENCE: "缺材料",
}


def item_state(*, evidence: bool, verdict: Verdict | None, term_over: bool, second_phase: bool = False) -> ItemState:
    """The state of an item. The county's silence once the term is over is a fault, the inspector's is not.

    In the first phase an item with evidence passes when the inspector said nothing until the term was over; in the
    formal phase somebody has to look at it, so it stays open.
    """
    if verdict is Verdict.FINE:
        return ItemState.PASSED
    if verdict is Verdict.FAULT:
        return ItemState.FAULT
    if not evidence:
        return ItemState.NO_EVIDENCE if term_over else ItemState.OPEN
    return ItemState.PASSED_BY_SILENCE if term_over and not second_phase else ItemState.OPEN


class RecheckOutcome(StrEnum):
    """What is proposed after a recheck."""

    KEEP = "keep"
    RECTIFY = "rectify"
    REVOKE = "revoke"
    OPEN = "open"

    @property
    def label(self) -> str:
        """Chinese label for the screen."""
        return {"keep": "保留称号", "rectify": "限期整改", "revoke": "撤销称号", "open": "尚未核查完"}[self.value]


def recheck_proposal(
    items: Mapping[str, ItemState], *, rectified_before: bool, notes: Mapping[str, str] | None = None
) -> tuple[RecheckOutcome, tuple[str, ...]]:
    """The proposal with its reasons: faults call for rectification first; the title goes only where that has failed.

    `rectified_before`: this recheck already gave a term to rectify. 方案 四(五): 限期整改; the order is 建议值.
    `notes`: what the inspector wrote, by item.
    """
    waiting = [name for name, state in items.items() if state is ItemState.OPEN]
    if waiting or not items:
        return RecheckOutcome.OPEN, tuple(f"“{name}”尚未核查。" for name in waiting) or ("没有核查项目。",)
    bad = {name: state for name, state in items.items() if state in (ItemState.FAULT, ItemState.NO_EVIDENCE)}
    wrong = tuple(_fault(name, state, (notes or {}).get(name, "")) for name, state in bad.items())
    if not wrong:
        return RecheckOutcome.KEEP, ("各项合格。",)
    return (RecheckOutcome.REVOKE if rectified_before else RecheckOutcome.RECTIFY), wrong


def _fault(name: str, state: ItemState, note: str) -> str:
    told = note.strip().rstrip("。")
    return f"“{name}”{state.label}:{told}。" if told else f"“{name}”{state.label}。"
