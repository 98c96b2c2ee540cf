"""May a freshly trained model go live? Pure decisions, each with its reason in words.

A model must beat the plain rule on nights its fit had not seen. Against the live model it is measured on nights neither
was trained on, where there are enough of them; else each one's lead over the plain rule in its own backtest is compared. A live
model that lost its lead on the nights since does not hold a new one back by what it had promised.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hotelml_app.core.figures import four_digits
from hotelml_app.ml.contract import ModuleManifest
from hotelml_app.ml.onnx.trained import Measure
from hotelml_app.training.report import measures_from, primary

MIN_COMMON_NIGHTS = 14
"""Fewer nights than this say nothing about which of two models is better."""

TIE_SHARE = 0.02
"""Within this share two models are equally good on the same nights, and the newer one is taken."""

HELD_BACK_TIE_SHARE = 0.05
"""The same where the newer one was trained without the newest nights to be compared on them: with them it knows more yet."""

RECIPE_TIE_SHARE = 0.05
"""The same between backtests on different nights, which differ more by chance."""


@dataclass(frozen=True, slots=True)
class HeadToHead:
    """Two models on nights neither was trained on: mean squared errors over the same ``answers``.

    Where ``held_back`` is above 0, the challenger is the same training without so many of the newest nights.
    """

    nights: int
    answers: int
    champion_error: float
    challenger_error: float
    held_back: int = 0


@dataclass(frozen=True, slots=True)
class Loss:
    """What a live model lost since it was judged: its error beside the rule's is ``factor`` times what its card says.

    ``behind_rule`` tells that it erred more than the plain rule on the same nights.
    """

    factor: float
    why: str
    behind_rule: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """``standing`` is champion, challenger or rejected."""

    standing: str
    reason: str


def judge(
    manifest: ModuleManifest,
    measures: Sequence[Measure],
    as_of: str,
    champion: Mapping[str, Any] | None = None,
    duel: HeadToHead | None = None,
    bundled: float | None = None,
    asked: str = "",
    loss: Loss | None = None,
    met: bool = True,
    wished_for: bool = False,
) -> Verdict:
    """Decide how a new model stands. ``champion`` is the card of the live one; days are ISO text.

    ``met`` is False where that one was made live only while the new one was trained, so that there was no ``duel`` of the two;
    ``wished_for`` tells that staff made it live: then a new one has to do better, where else it need not do worse.

    ``bundled`` is the error of the model brought along as a share of the plain rule's on the nights this one was judged on;
    ``asked`` says over which days the measures were taken, ``loss`` what the live model lost since it was judged.
    """
    own = baseline_ratio(manifest, tuple(measures))
    against_rule = _against_rule(manifest, tuple(measures), asked)
    if own is None:
        return Verdict("challenger", f"It brought no comparison with the plain rule ({manifest.baseline}), so it waits.")
    # What is told first is one horizon of several.
    better_there = _ratio(next(one for one in primary(manifest, tuple(measures)) if _has_baseline(one))) < 1
    if not own < 1:
        all_told = f"; but over all horizons it {_trails(own)}" if better_there else ""
        return Verdict("rejected", f"{against_rule}{all_told}: not better, so it does not go live.")
    if champion is None:
        all_told = "" if better_there else f"; but over all horizons it leads the plain rule by {_lead(own)}"
        return _against_bundled(own, against_rule, bundled, all_told)
    return _against_champion(manifest, own, against_rule, as_of, champion, duel, loss, met, wished_for)


def taken_out_meanwhile(verdict: Verdict, version: str) -> Verdict:
    """Return how a model stands whose rival, ``version``, staff took out of use while it was trained.

    It met neither what answers since then nor the wish of whoever took that version out, so it does not go live by itself.
    """
    if verdict.standing != "champion":
        return verdict
    why = f"{version} was taken out of use while this one was trained, and what answers since then was not compared with it"
    by_hand = "To use it, make it live on the Models page."
    return Verdict("challenger", f"It did better than the plain rule; but {why}, so it waits. {by_hand}")


def _against_bundled(own: float, against_rule: str, bundled: float | None, all_told: str) -> Verdict:
    if bundled is None:
        return Verdict("champion", f"{against_rule}{all_told}. It went live.")
    theirs = f"the model brought along leads that rule by {_lead(bundled)}"
    how = f"over all horizons it leads the plain rule by {_lead(own)}, and {theirs}"
    if own < bundled:
        return Verdict("champion", f"{against_rule}; {how}. It went live.")
    return Verdict("challenger", f"{against_rule}; but {how}. That one goes on answering.")


def _against_champion(
    manifest: ModuleManifest,
    own: float,
    against_rule: str,
    as_of: str,
    champion: Mapping[str, Any],
    duel: HeadToHead | None,
    loss: Loss | None,
    met: bool,
    wished_for: bool,
) -> Verdict:
    name, until = champion.get("version", ""), str(champion.get("as_of") or champion.get("data_until") or "")[:10]
    if duel is not None and duel.nights >= MIN_COMMON_NIGHTS:
        tie = HELD_BACK_TIE_SHARE if duel.held_back else TIE_SHARE
        better = _better(duel.challenger_error, duel.champion_error, 0.0 if wished_for else tie)
        figures = f"mean squared error {four_digits(duel.challenger_error)} against {four_digits(duel.champion_error)}"
        how = f"on {duel.nights} nights neither was trained on it had a {figures} of {name}"
        if duel.held_back:
            kept = f"trained without the newest {duel.held_back} days it had on their {duel.nights} nights"
            how = f"{kept} a {figures} of {name}, which had not learned from them either"
    elif until > as_of:
        return Verdict("challenger", f"{against_rule}; but {name}, which is live, knows the days up to {until} as well.")
    else:
        theirs = baseline_ratio(manifest, measures_from(champion.get("measures")))
        better = theirs is None or _better(own, _by_now(theirs, loss), 0.0 if wished_for else RECIPE_TIE_SHARE)
        lead = "unknown" if theirs is None else f"{_lead(theirs)}"
        how = f"over all horizons of the backtest it leads the plain rule by {_lead(own)}; {name} led by {lead}"
        how = f"{how}, but not since: {loss.why}" if loss is not None else how
        few, late = f"fewer than {MIN_COMMON_NIGHTS} nights are new to both", f"{name} was made live while this one was trained"
        how = f"{how} ({few if met else late})"
    if better:
        return Verdict("champion", f"{against_rule}; {how}. It went live.")
    return Verdict("challenger", f"{against_rule}; but {how}. {name} stayed live.")


def _better(own: float, theirs: float, tie_share: float) -> bool:
    """Tell whether a new model takes the live one's place; within ``tie_share`` the newer is taken."""
    return own <= theirs * (1 + tie_share) if tie_share else own < theirs


def _by_now(ratio: float, loss: Loss | None) -> float:
    """Return the live model's error as a share of the rule's, as the nights since it was judged have it."""
    if loss is None:
        return ratio
    return ratio * loss.factor if math.isfinite(loss.factor) else math.inf


def baseline_ratio(manifest: ModuleManifest, measures: tuple[Measure, ...]) -> float | None:
    """Return the model's error as a share of the plain rule's, the geometric mean over the primary measures.

    Below one is better than the rule; for scores where more is better the share is turned round. None where there is
    nothing to compare with.
    """
    ratios = [_ratio(one) for one in primary(manifest, measures) if _has_baseline(one)]
    if not ratios:
        return None
    if any(ratio == 0 for ratio in ratios):
        return 0.0
    return math.exp(sum(math.log(ratio) for ratio in ratios) / len(ratios))


def _has_baseline(measure: Measure) -> bool:
    return measure.baseline_value is not None and math.isfinite(measure.baseline_value)


def _ratio(measure: Measure) -> float:
    assert measure.baseline_value is not None, "filtered before"
    mine, rule = measure.value, measure.baseline_value
    if not measure.lower_is_better:
        mine, rule = rule, mine
    if rule <= 0:
        return 1.0 if mine <= 0 else math.inf
    return max(mine, 0.0) / rule


def _against_rule(manifest: ModuleManifest, measures: tuple[Measure, ...], asked: str) -> str:
    shown = next((one for one in primary(manifest, measures) if _has_baseline(one)), None)
    if shown is None:
        return ""
    unit = f" {shown.unit}" if shown.unit else ""
    cases = "".join(f", {part}" for part in (shown.bucket, asked) if part)
    rule, theirs = shown.baseline or manifest.baseline, four_digits(shown.baseline_value or 0.0)
    return f"{shown.name} {four_digits(shown.value)}{unit} against {theirs}{unit} by {rule} on the same nights{cases}"


def _trails(ratio: float) -> str:
    return f"is {100 * (ratio - 1):.1f} % worse than the plain rule" if math.isfinite(ratio) else "is worse than the plain rule"


def _lead(ratio: float) -> str:
    return f"{100 * (1 - ratio):.1f} %"
