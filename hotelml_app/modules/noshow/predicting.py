"""The risk of every booking on the books to be lost: by the property's own model, else by its base rates."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hotelml_app.core.clock import day_number, day_of
from hotelml_app.ml.asking import known_bookings
from hotelml_app.ml.contract import Prediction, PredictionRequest
from hotelml_app.ml.onnx.trained import MadeBy
from hotelml_app.modules.noshow import MANIFEST
from hotelml_app.modules.noshow.base_rates import BaseRates, base_rates
from hotelml_app.modules.noshow.books import Books, Flags, Floats, lay_out
from hotelml_app.modules.noshow.borrowed import borrowed_risks
from hotelml_app.modules.noshow.features import Snapshot, snapshot
from hotelml_app.modules.noshow.lost_rooms.shared_fate import day_losses, shared_deviation
from hotelml_app.modules.noshow.reasons import FAR_AHEAD, NO_SIGNAL, Reasons, bands
from hotelml_app.modules.noshow.scoring import LONGEST_DAYS, columns_of, current_calibration, p_lost_of, replayed
from hotelml_app.modules.noshow.snapshots import Examples, as_numbers

FIRST_TELLING_DAY = 2
"""The day before arrival nothing beats chance by much (AUC .56 at best), so no model is asked there."""

TOO_FEW_LOSSES = 20.0
"""With fewer losses on record the base rate itself is a guess, and no band is given."""

BY_RATES = "Base rates by days to arrival and segment, counted from this hotel's own latest months; no model is live."
BEFORE_ARRIVAL = "One day before arrival bookings cannot be told apart; the base rate of the last weeks is used instead."
BEYOND_MODEL = f"The model looks {LONGEST_DAYS} days ahead; beyond that the base rate of the last weeks is used instead."
TOO_LITTLE = "Too few losses are known of this hotel yet; the base rate is little more than a guess."
BY_BORROWED = "This hotel's own base rates; which booking is riskier than another was learned at another hotel."
BY_MODEL = "This property's own model, corrected by what really came of the last eight weeks."


@dataclass(frozen=True)
class Risks:
    """The risk per booking of a snapshot; ``by_model`` is False where the base rate stood in.

    ``shared_deviation`` tells how much the losses of one arrival day go together; see ``shared_fate``.
    """

    shot: Snapshot
    p_lost: Floats
    p_noshow: Floats
    usual: Floats
    by_model: Flags
    band: NDArray[np.str_]
    rates: BaseRates
    shared_deviation: float


def predict(request: PredictionRequest) -> list[Prediction]:
    """Return the risk of every booking that is to arrive within the horizon, in order of arrival and reservation.

    Raises UsageError for an impossible horizon, NothingKnownError for a day before all data.
    """
    books = lay_out(known_bookings(request, MANIFEST))
    found = risks(request, books)
    reasons = Reasons(books, found.shot)
    made = [_prediction(request, books, found, reasons, row) for row in range(len(found.p_lost))]
    return sorted(made, key=lambda one: (one.target_date, one.key))


def risks(request: PredictionRequest, books: Books) -> Risks:
    """Return the risks of everything on the books within the horizon."""
    day = day_number(request.as_of)
    shot = snapshot(books, day, request.horizon)
    rates = base_rates(books, day, max(request.horizon, LONGEST_DAYS))
    usual = rates.p_lost(shot.days_ahead)
    segment = books.kinds["segment"]
    p_lost = np.asarray(rates.p_lost(shot.days_ahead, segment[shot.spells]))
    by_model = np.zeros(len(p_lost), dtype=bool)
    seen = replayed(books, day)
    said = np.asarray(rates.p_lost(seen.days_ahead, segment[seen.spells]))
    if request.model is not None:
        by_model = (shot.days_ahead >= FIRST_TELLING_DAY) & (shot.days_ahead <= LONGEST_DAYS)
        if request.model.made_by is MadeBy.BUNDLED:
            spells, borrowed = borrowed_risks(request.model, books, day, rates)
            order = np.argsort(spells)
            p_lost[by_model] = borrowed[order[np.searchsorted(spells, shot.spells[by_model], sorter=order)]]
        else:
            columns = columns_of(request.model, books)
            calibration, said = current_calibration(request.model, seen.looking_at(columns))
            asked = shot.features[by_model][:, columns]
            p_lost[by_model] = p_lost_of(request.model, asked, shot.days_ahead[by_model], calibration)
    p_noshow = p_lost * rates.noshows_among(shot.days_ahead)
    band = bands(p_lost, usual)
    unknown = (shot.days_ahead < FIRST_TELLING_DAY) | (rates.losses < TOO_FEW_LOSSES)
    return Risks(
        shot, p_lost, p_noshow, usual, by_model, np.where(unknown, "unknown", band), rates, _deviation(books, seen, said)
    )


def _deviation(books: Books, seen: Examples, said: Floats) -> float:
    group = seen.arrival * (LONGEST_DAYS + 1) + seen.days_ahead
    losses = day_losses(group, said, as_numbers(seen.lost), books.rooms[seen.spells])
    return shared_deviation(losses, len(np.unique(seen.arrival)))


def _prediction(request: PredictionRequest, books: Books, found: Risks, reasons: Reasons, row: int) -> Prediction:
    shot, history = found.shot, books.history
    spell, ahead = shot.spells[row], int(shot.days_ahead[row])
    reservation = str(history.reservation_ids[history.booking[spell]])
    arrival, band = day_of(int(books.arrival[spell])), str(found.band[row])
    values = {
        "reservation_id": reservation,
        "arrival": arrival,
        "p_lost": round(float(found.p_lost[row]), 5),
        "p_noshow": round(float(found.p_noshow[row]), 5),
        "band": band,
        "usual": round(float(found.usual[row]), 5),
        "reasons": _reason(found, reasons, row),
        "shared_deviation": round(found.shared_deviation, 3),
    }
    made_by = request.model.made_by if request.model is not None and found.by_model[row] else MadeBy.STATISTICAL
    return Prediction(reservation, arrival, values, made_by, _why(request, found, row, ahead))


def _reason(found: Risks, reasons: Reasons, row: int) -> str:
    ahead = int(found.shot.days_ahead[row])
    if ahead < FIRST_TELLING_DAY:
        return NO_SIGNAL
    if ahead > LONGEST_DAYS:
        return FAR_AHEAD
    return reasons.of(row, str(found.band[row]))


def _why(request: PredictionRequest, found: Risks, row: int, ahead: int) -> str:
    if found.by_model[row]:
        return BY_BORROWED if request.model is not None and request.model.made_by is MadeBy.BUNDLED else BY_MODEL
    if found.rates.losses < TOO_FEW_LOSSES:
        return TOO_LITTLE
    if ahead < FIRST_TELLING_DAY:
        return BEFORE_ARRIVAL
    return BY_RATES if request.model is None else BEYOND_MODEL
