"""Forecast: the next 90 nights as a chart and as a table, for the house or a room type."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from hotelml_app.gui.charts.pickup_calendar import DAY, WEEK, PickupCalendar
from hotelml_app.gui.charts.preparing import import_chart, make_types
from hotelml_app.gui.charts.readout import METRIC_WORDS, MONEY, readout_words
from hotelml_app.gui.context import WindowContext
from hotelml_app.gui.forecast_parts.nights_table import night_cells, night_columns
from hotelml_app.gui.forecast_parts.readout_card import ReadoutCard
from hotelml_app.gui.pages.base import Page
from hotelml_app.gui.theme import tokens
from hotelml_app.gui.widgets.boxes import bare, card, column, row
from hotelml_app.gui.widgets.buttons import Button, Segments
from hotelml_app.gui.widgets.choice import CalmComboBox
from hotelml_app.gui.widgets.states import Message
from hotelml_app.gui.widgets.tables.filter_box import FilterBox
from hotelml_app.gui.widgets.tables.table import DataTable
from hotelml_app.services.learning.views import MadeByView
from hotelml_app.services.nights.views import ForecastView

if TYPE_CHECKING:
    from hotelml_app.gui.charts.forecast_plot import ForecastPlot, PlotFrame

LIST = "list"
ROOMS, ROOMS_OF_HOUSE = "rooms_sold", "Rooms of the whole house"
WHOLE_HOUSE = "Whole house"
NOTHING_APART = ("", "")
"""Neither one room type nor one segment."""

OFF_BY, IN_ROOMS = " off ", ", in rooms of the whole house"
CHART_HEIGHT = 40 * tokens.GRID
WIDEST_TABLE = 80 * tokens.GRID
LOOK_BACK_TIP = "What was said on a past day against what happened"
MONEY_TIP = "Rates and revenue: free rooms count, at nothing; the price of a stay is spread evenly over its nights"


class ForecastPage(Page):
    """How full the coming nights will be."""

    key = "forecast"
    title = "Forecast"

    def __init__(self, context: WindowContext) -> None:
        self.switch = Segments(tuple(METRIC_WORDS.items()), "Figure")
        self.switch.setToolTip(MONEY_TIP)
        self.part = CalmComboBox("Room type or segment")
        self.part.addItem(WHOLE_HOUSE)
        self.table = DataTable(night_columns("rooms"), "Forecast by night")
        self.beside = Segments(((LIST, "Nights"), (DAY, "Pickup 1 day"), (WEEK, "7 days")), "Beside the chart")
        self.calendar = PickupCalendar()
        self.plot: ForecastPlot | None = None
        self._frame: PlotFrame | None = None
        self._chart_box = QVBoxLayout()
        self._grid = QGridLayout()
        self._narrow = False
        self._width = WIDEST_TABLE
        self._offered: tuple[tuple[str, tuple[str, str]], ...] = ((WHOLE_HOUSE, NOTHING_APART),)
        self.readout = ReadoutCard()
        super().__init__(context)
        self.filter = FilterBox(self.table, "nights")
        self.filter.set_narrow(True)
        self.tools.addWidget(self.look_back)
        head = row((self.beside, None, self.filter))
        self._table_box.insertLayout(0, head)
        self.beside.chosen.connect(lambda _: self._show_beside())
        self.calendar.opened.connect(self._night_chosen)
        self.switch.chosen.connect(lambda _: self.refresh())
        self.part.activated.connect(lambda _: self.refresh())
        self.table.current.connect(self._row_chosen)
        self.table.opened.connect(lambda key: self.open_night(date.fromisoformat(key)))

    def build(self) -> QWidget:
        """Return the switches above the chart, and the table beside it."""
        tip = "How it fills, what changed, how good such forecasts were; a click into the chart opens it, too"
        self.open_button = Button("Night in detail…", self.open_chosen, tip=tip)
        self.look_back = Button("Look back…", self.open_look_back, icon="clock-counter-clockwise", tip=LOOK_BACK_TIP)
        self._let_open(False)
        switches = row((self.switch, self.part, None, self.open_button), gap=tokens.SPACE_2)
        chart = card(self._chart_box, margin=tokens.SPACE_1)
        chart.setMinimumHeight(CHART_HEIGHT)
        self._chart_card = chart
        self.calendar.hide()
        self._table_box = column((self.table, self.calendar), gap=tokens.SPACE_1)
        self._table_part = bare(self._table_box)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(tokens.SPACE_2)
        self.set_narrow(False)
        whole = column((switches, self.readout, self._grid), gap=tokens.SPACE_1 + 4)
        whole.setStretch(2, 1)
        return bare(whole)

    def set_narrow(self, narrow: bool) -> None:
        """Put the table below the chart, or beside it."""
        self._narrow = narrow
        self._arrange()

    def _arrange(self) -> None:
        narrow = self._narrow
        self._grid.addWidget(self._chart_card, 0, 0)
        self._grid.addWidget(self._table_part, 1 if narrow else 0, 0 if narrow else 1)
        self._grid.setColumnStretch(0, 1)
        self._grid.setRowStretch(0, 1)
        self._grid.setRowStretch(1, 1 if narrow else 0)
        self._table_part.setMinimumWidth(0 if narrow else self._width)
        self._table_part.setMaximumWidth(tokens.NO_LIMIT if narrow else self._width)
        self._table_part.setMinimumHeight(30 * tokens.GRID)

    def furnish(self) -> Iterator[None]:
        """Have the chart made before the first answer comes, for a turn with both would be long."""
        yield from make_types()
        self.context.runner.ask("chart of the forecast", import_chart, self._make_frame, self.context.tell_error)

    def question(self) -> Callable[[], object]:
        """Ask for the chosen figure."""
        appliance, name = self.context.appliance, self.context.property_name
        metric, (room_type, segment) = self.switch.choice, self._offered[max(self.part.currentIndex(), 0)][1]

        def ask() -> ForecastView:
            import_chart()
            return appliance.forecast(name, metric, room_type, segment=segment)

        return ask

    def forget(self) -> None:
        """Another property has other room types and segments."""
        super().forget()
        self._let_open(False)
        self.part.setCurrentIndex(0)

    def renew(self) -> None:
        """Which part of the house is looked at stays."""
        super().renew()
        self._let_open(False)

    def emptiness(self, view: object) -> Message | None:
        """A forecast without nights is nothing to look at."""
        assert isinstance(view, ForecastView)
        if view.nights:
            return None
        self.say(view.sentence)
        title, text = (
            "There is no forecast yet",
            "The numbers appear as soon as the first forecast is made from the newest export.",
        )
        if view.metric in MONEY:
            title, text = (
                "No rate can be told",
                "It takes an export with what guests pay, and nights on which somebody is expected.",
            )
        action, go = "Look again", self.refresh
        if (view.metric, view.room_type, view.segment) != (ROOMS, *NOTHING_APART):
            # What was chosen is chosen on the page, which the message hides.
            action, go = ROOMS_OF_HOUSE, self._show_rooms_of_house
        return Message(title, text, icon="hourglass", action=action, on_action=go)

    def _show_rooms_of_house(self) -> None:
        self.switch.choose(ROOMS)
        self.part.setCurrentIndex(0)
        self.refresh()

    def show_view(self, view: object) -> None:
        """Show chart and table."""
        assert isinstance(view, ForecastView)
        place = self.context.place
        self.say(view.sentence)
        self.provenance.show_origin(place, view.freshness, (("", _judged_in_rooms(view)),))
        self._offer_parts(view)
        self._make_plot().show_view(view, place)
        self.table.set_columns(night_columns(place.currency if view.metric in MONEY else view.unit))
        self.table.set_rows([(point.night.isoformat(), night_cells(place, point)) for point in view.nights])
        self._width = min(self.table.fit_width(), WIDEST_TABLE)
        self._show_beside()
        self._arrange()
        self._read_out(self._make_plot().at)
        self._let_open(True)

    def _show_beside(self) -> None:
        """Show the nights as a list, or their pickup as a calendar."""
        chosen = self.beside.choice
        if isinstance(self.view, ForecastView) and chosen != LIST:
            self.calendar.show_nights(self.context.place, self.view.nights, chosen)
        self.calendar.setVisible(chosen != LIST)
        self.table.setVisible(chosen == LIST)
        if self.filter is not None:
            self.filter.setVisible(chosen == LIST)

    def go_to_filter(self) -> None:
        """Go to the filter of the list, which a calendar has not."""
        self.beside.choose(LIST)
        self._show_beside()
        super().go_to_filter()

    def _let_open(self, there: bool) -> None:
        self.look_back.setEnabled(there)
        self.open_button.setEnabled(there)

    def open_chosen(self) -> None:
        """Open the night that is chosen in the table, else the first."""
        if isinstance(self.view, ForecastView) and self.view.nights:
            self.open_night(self.view.nights[max(self._chosen_index(self.view), 0)].night)

    def open_look_back(self) -> None:
        """Show a past day again."""
        from hotelml_app.gui.forecast_parts.look_back_dialog import LookBackDialog

        LookBackDialog(self.window(), self.context).open()

    def open_night(self, night: date) -> None:
        """Show one night in detail."""
        if isinstance(self.view, ForecastView):
            from hotelml_app.gui.forecast_parts.night_dialog import NightDialog

            nights = [point.night for point in self.view.nights]
            dialog = NightDialog(self.window(), self.context, nights, self.view.room_type, self.view.segment)
            dialog.show_night(night)
            dialog.open()

    def _make_frame(self, _: object) -> None:
        """Make the chart in two turns, so that a click between them is answered."""
        from hotelml_app.gui.charts.forecast_plot import PlotFrame

        if self.plot is None:
            self._frame = PlotFrame()
            QTimer.singleShot(0, self, self._make_plot)

    def _make_plot(self) -> ForecastPlot:
        if self.plot is None:
            from hotelml_app.gui.charts.forecast_plot import ForecastPlot

            self.plot = ForecastPlot(self._frame)
            self.plot.pointed.connect(self._read_out)
            self.plot.chosen.connect(self._night_chosen)
            self._chart_box.addWidget(self.plot)
        return self.plot

    def _offer_parts(self, view: ForecastView) -> None:
        rooms = tuple((f"Room type {each}", (each, "")) for each in view.room_types)
        segments = tuple((f"Segment {each}", ("", each)) for each in view.segments)
        offered = ((WHOLE_HOUSE, NOTHING_APART), *rooms, *segments)
        if offered != self._offered:
            self._offered = offered
            self.part.clear()
            for words, _ in offered:
                self.part.addItem(words)
        chosen = (view.room_type, view.segment)
        self.part.setCurrentIndex(next((at for at, (_, each) in enumerate(offered) if each == chosen), 0))

    def _read_out(self, index: int) -> None:
        """Say everything about a night; without one, about the one that is chosen in the table, else the first."""
        view = self.view
        if not isinstance(view, ForecastView) or not view.nights:
            return
        chosen = self._chosen_index(view)
        if index < 0 <= chosen and self.plot is not None:
            self.plot.point_at(chosen)
        night = view.nights[index if index >= 0 else max(chosen, 0)]
        self.readout.show_point(self.context.place, view, night)
        if self.plot is not None:
            self.plot.tell(readout_words(self.context.place, view, night))

    def _chosen_index(self, view: ForecastView) -> int:
        key = self.table.current_key
        return next((index for index, point in enumerate(view.nights) if point.night.isoformat() == key), -1)

    def _choose_row(self, index: int) -> None:
        if isinstance(self.view, ForecastView):
            self.table.choose(self.view.nights[index].night.isoformat())
            self.table.scrollTo(self.table.currentIndex())

    def _night_chosen(self, index: int) -> None:
        if isinstance(self.view, ForecastView):
            self._choose_row(index)
            # Not what the list has chosen now: its filter may leave this night out.
            self.open_night(self.view.nights[index].night)

    def _row_chosen(self, key: str) -> None:
        if isinstance(self.view, ForecastView) and self.plot is not None:
            for index, point in enumerate(self.view.nights):
                if point.night.isoformat() == key:
                    self.plot.point_at(index)
                    self._read_out(index)


def _judged_in_rooms(view: ForecastView) -> MadeByView:
    """Return what made the numbers; beside other figures than the rooms of the house it says that it was judged in those."""
    if view.metric == ROOMS and not view.room_type and not view.segment:
        return view.made_by
    told = {name: getattr(view.made_by, name).rstrip(".") for name in ("sentence", "track_record")}
    return replace(view.made_by, **{name: f"{text}{IN_ROOMS}" for name, text in told.items() if OFF_BY in text})
