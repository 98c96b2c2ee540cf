"""What the import would bring, as it stands: counts in a sentence, why rows would be rejected, the first bookings."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QProgressBar, QWidget

from hotelml_app.gui.place import DASH, Place
from hotelml_app.gui.theme import tokens
from hotelml_app.gui.widgets.boxes import column, row
from hotelml_app.gui.widgets.labels import IconLabel, label, set_role
from hotelml_app.gui.widgets.tables.table import WIDEST_BOOKING, Cell, Column, DataTable
from hotelml_app.services.exports.mapping_views import DryRunView

REASONS_SHOWN = 2


class TrialLine(QWidget):
    """One line, and up to two reasons below it."""

    def __init__(self) -> None:
        super().__init__()
        self._icon = IconLabel()
        self.counts = label(role="heading", wrap=True)
        self.reasons = label(role="muted", wrap=True)
        self.busy = QProgressBar()
        self.busy.setTextVisible(False)
        self.busy.setRange(0, 0)
        self.busy.setAccessibleName("Working")
        line = row((self._icon, self.counts), gap=tokens.SPACE_1)
        line.setStretch(1, 1)
        self.setLayout(column((line, self.reasons, self.busy), gap=tokens.SPACE_HALF))

    def show_work(self, text: str) -> None:
        """Show that something is being done; how long it takes depends on the file."""
        self.show_words(text)
        self.busy.show()

    def show_words(self, text: str, *, icon: str = "hourglass", urgent: bool = False, more: str = "") -> None:
        """Show a sentence of any kind."""
        self.busy.hide()
        self.counts.setText(text)
        set_role(self.counts, "urgent" if urgent else "heading")
        self._icon.show_icon(icon, "urgent" if urgent else "")
        self.reasons.setText(more)
        self.reasons.setVisible(bool(more))

    def show_trial(self, place: Place, trial: DryRunView) -> None:
        """Show what a dry run found."""
        parts = [f"{place.number(trial.accepted)} of {place.number(trial.rows_read)} rows would be imported"]
        parts += [f"{place.number(trial.rejected)} rejected"] if trial.rejected else []
        parts += [f"{place.number(trial.ignored)} left out as no bookings"] if trial.ignored else []
        reasons = [
            f"{place.number(one.rows)} × {one.text} (first in line {place.number(one.first_line)})"
            for one in trial.reasons[:REASONS_SHOWN]
        ]
        most_rejected = trial.rejected > trial.accepted
        icon = "warning-circle" if most_rejected else "check-circle"
        self.show_words(", ".join(parts), icon=icon, urgent=most_rejected, more="\n".join(reasons))


def rejected_table() -> DataTable:
    """Return the table of the first rows that would be rejected, without rows."""
    columns = (
        Column("Line", number=True, width=72, tip="Line in the file, as a spreadsheet counts them"),
        Column("Why it cannot be used", width=360),
        Column("The line as it was, without guests' details", stretch=True),
    )
    return DataTable(columns, "Rows that would be rejected", sortable=False)


def rejected_rows(place: Place, trial: DryRunView) -> list[tuple[str, Sequence[Cell]]]:
    """Return the rows of that table."""
    return [
        (
            str(number),
            (
                Cell(place.number(one.line)),
                Cell(one.reason, tip=one.reason),
                Cell(" · ".join(f"{name.replace('_', ' ')} {value or DASH}" for name, value in one.cells)),
            ),
        )
        for number, one in enumerate(trial.first_rejected)
    ]


def bookings_table() -> DataTable:
    """Return the table of the first bookings as they would be read, without rows."""
    columns = (
        Column("Booking", width=112, widest=WIDEST_BOOKING, middle=True),
        Column("Booked", width=112),
        Column("Arrival", width=112),
        Column("Departure", width=112),
        Column("Status", width=96),
        Column("Room type", stretch=True),
        Column("Per night", number=True, width=88),
        Column("Whole stay", number=True, width=96),
    )
    return DataTable(columns, "The first bookings as they would be read", sortable=False)


def booking_rows(place: Place, trial: DryRunView) -> list[tuple[str, Sequence[Cell]]]:
    """Return the rows of that table."""
    return [
        (
            str(number),
            (
                Cell(one.reservation_id or DASH),
                Cell(place.day(one.booked_on, weekday=False, year=True)),
                Cell(place.day(one.arrival, weekday=False, year=True)),
                Cell(place.day(one.departure, weekday=False, year=True)),
                Cell(one.status.replace("_", " ")),
                Cell(one.room_type or DASH),
                Cell(place.number(one.adr, 2)),
                Cell(place.number(one.total, 2)),
            ),
        )
        for number, one in enumerate(trial.bookings)
    ]
