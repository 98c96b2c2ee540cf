"""Reviews out of typed columns: text, score as a share of the best one, and a key that stays the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from hashlib import blake2b

import numpy as np

from hotelml_app.core.clock import day_number, day_of
from hotelml_app.intake.profile import TEXT_ROLES
from hotelml_app.intake.rows.plausible import FIRST_DAY
from hotelml_app.intake.rows.report_rows import flags
from hotelml_app.intake.rows.showing import shown
from hotelml_app.intake.rows.typed import Typed, recoded
from hotelml_app.intake.rows.verdicts import Mask
from hotelml_app.intake.values.date_order import NO_DAY, Days
from hotelml_app.intake.values.words import word
from hotelml_app.store.exported.reviews import ReviewRow


def check_reviews(typed: Typed, today: date) -> None:
    """Reject reviews that say nothing, and those whose date or score cannot be."""
    verdicts = typed.verdicts
    adjust = typed.claim.profile.adjustment()
    if adjust is not None:
        adjust(typed)
    unreadable = ~typed.blank("reviewed_on") & (_days(typed) == NO_DAY)
    verdicts.reject(unreadable, lambda row: f"the review date cannot be read: {shown(typed.text('reviewed_on', row))}")
    days = _days(typed)
    odd = (days != NO_DAY) & ((days < day_number(FIRST_DAY)) | (days > _last_plausible(days, today)))
    verdicts.reject(odd, lambda row: f"the review date {day_of(days[row])} is not plausible")
    score = typed.numbers.get("score", np.full(len(typed), np.nan))
    share = score / _scale(typed)
    # A spoiled number is left blank; a word where the score belongs means that the cells of the row have slipped.
    verdicts.reject(np.isnan(score) & _with_letters(typed, "score"), "the score is not a number")
    verdicts.reject((share < 0) | (share > 1), lambda row: f"the score {score[row]:g} lies outside its scale")
    nothing = np.isnan(score) & _without_text(typed)
    verdicts.reject(nothing, "the review has neither a score nor a text")
    _fill_in_hotel(typed)


def _fill_in_hotel(typed: Typed) -> None:
    """Give reviews that name no hotel the only one that others name; a column in which none is named says nothing."""
    column = typed.words.get("property")
    named = [label for label in column.labels if label] if column is not None else []
    if column is not None and not named:
        del typed.words["property"]
    elif column is not None and len(named) == 1:
        typed.words["property"] = recoded(column, named * len(column.labels))


def reviews(typed: Typed, wanted: np.ndarray) -> Iterator[ReviewRow]:
    """Yield the wanted rows as the store takes them.

    A text twice is one review twice; of scores alone several of a day are alike, and each of them counts.
    """
    alike: Counter[str] = Counter()
    days, share = _days(typed), typed.numbers.get("score", np.full(len(typed), np.nan)) / _scale(typed)
    for row in wanted.tolist():
        texts = {role: typed.words[role].text(row) if role in typed.words else "" for role in TEXT_ROLES}
        reviewed_on = day_of(days[row]) if days[row] != NO_DAY else None
        score = float(share[row]) if not np.isnan(share[row]) else None
        content = "\x1f".join((str(reviewed_on), str(score), *texts.values()))
        own, key = _text(typed, "review_id", row), f"~{blake2b(content.encode(), digest_size=10).hexdigest()}"
        if not own and not any(texts.values()):
            alike[key] += 1
            key += f"-{alike[key]}" if alike[key] > 1 else ""
        yield ReviewRow(
            key=own or key,
            reviewed_on=reviewed_on,
            source=typed.claim.profile.source,
            language=_text(typed, "language", row).lower(),
            score=score,
            title=texts["title"],
            positive=texts["positive"],
            negative=texts["negative"],
            body=texts["body"],
        )


def _text(typed: Typed, role: str, row: int) -> str:
    return typed.words[role].text(row) if role in typed.words else ""


def _days(typed: Typed) -> Days:
    return typed.days.get("reviewed_on", np.full(len(typed), NO_DAY, dtype=np.int32))


def _last_plausible(days: Days, today: date) -> int:
    """Return the last day a review can be from; the file's own middle counts too, for a PC's clock may be wrong."""
    said = days[days != NO_DAY]
    return max(day_number(today) + 1, int(np.median(said)) + 366 if len(said) else 0)


def _with_letters(typed: Typed, role: str) -> Mask:
    places = typed.claim.places.get(role)
    if not places:
        return np.zeros(len(typed), dtype=bool)
    blanks = typed.claim.profile.blanks
    return flags(typed.table.columns[places[0]], lambda text: any(letter.isalpha() for letter in word(text, blanks)))


def _scale(typed: Typed) -> np.ndarray:
    best = typed.numbers.get("scale", np.full(len(typed), np.nan))
    return np.where(best > 0, best, typed.claim.profile.score_scale)


def _without_text(typed: Typed) -> Mask:
    empty = np.ones(len(typed), dtype=bool)
    for role in TEXT_ROLES:
        if role in typed.words:
            empty &= np.array([not label for label in typed.words[role].labels], dtype=bool)[typed.words[role].codes]
    return empty
