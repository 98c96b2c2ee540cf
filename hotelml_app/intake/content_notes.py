"""What staff are told of how a file was read."""

from __future__ import annotations

import numpy as np

from hotelml_app.core.bookings import BookingStatus
from hotelml_app.core.figures import counted
from hotelml_app.intake.file_content import FileContent
from hotelml_app.intake.numbering.given_again import tell_apart
from hotelml_app.intake.rows.booking_rows import BookingRows


def add_notes(content: FileContent) -> None:
    """Add to the notes what was left out, is missing, repeats or had to be removed."""
    for part in content.parts:
        content.notes += part.typed.notes
        content.notes += [f"Left out: {why} ({count:,})." for why, count in part.typed.verdicts.ignored.items()]
        if part.typed.table.footers:
            content.notes.append(f"Left out: {counted(part.typed.table.footers, 'line', 'lines')} at the foot of the report.")
        if part.claim.missing:
            content.notes.append(f"The export has no column for: {', '.join(part.claim.missing)}.")
        if part.bookings is not None and "reservation_id" not in part.claim.places:
            content.notes.append("The export has no booking numbers to rely on; bookings are told apart by their content.")
        elif part.bookings is not None:
            content.notes += _repeated(part.bookings)
    tentative = sum(_tentative(part.bookings) for part in content.parts if part.bookings is not None)
    if tentative:
        they = "It holds no room until it is" if tentative == 1 else "They hold no room until they are"
        content.notes.append(f"{counted(tentative, 'booking is', 'bookings are')} tentative. {they} confirmed.")
    removed = sum(part.typed.secrets_removed for part in content.parts)
    if removed:
        content.notes.append(
            f"Card or phone numbers, addresses or names stood in {counted(removed, 'place', 'places')} where they do not belong; "
            "they were removed."
        )
    cards = sum(part.typed.table.cards for part in content.parts)
    if cards:
        content.notes.append(
            f"{counted(cards, 'card number stands', 'card numbers stand')} in columns of remarks, which HotelML never stores. "
            "Nor do such numbers belong in the PMS: tell the person responsible for payments."
        )
    content.notes = list(dict.fromkeys(content.notes))


def _tentative(rows: BookingRows) -> int:
    return int(np.count_nonzero(rows.taken & (rows.status == BookingStatus.TENTATIVE)))


def _repeated(rows: BookingRows) -> list[str]:
    owner = rows.typed.words.get("property")
    keys = rows.ids.codes.astype(np.int64)
    if owner is not None:
        keys = keys * max(1, len(owner.labels)) + owner.codes
    taken = keys[rows.taken]
    owners = owner.codes if owner is not None else np.zeros(len(rows), dtype=np.int32)
    of_each = (np.flatnonzero(rows.taken & (owners == one)) for one in np.unique(owners[rows.taken]))
    apart = sum(tell_apart(rows, each, {}, {}, lambda _: {}).rows for each in of_each)
    repeated = len(taken) - int(np.count_nonzero(np.bincount(taken))) - apart
    rows_repeat = counted(repeated, "row repeats", "rows repeat")
    return [f"{rows_repeat} the number of another booking of the file; the last one of each counts."] if repeated else []
