"""Beside the cards of the Models page: the versions of one module, and what was live when."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from hotelml_app.gui.measure_words import figure, in_plain_words, measure_name
from hotelml_app.gui.place import Place
from hotelml_app.gui.theme import tokens
from hotelml_app.gui.widgets.boxes import card, column, row
from hotelml_app.gui.widgets.buttons import Button
from hotelml_app.gui.widgets.dialogs.confirm import ConfirmDialog
from hotelml_app.gui.widgets.labels import label
from hotelml_app.gui.widgets.tables.table import MOMENT_WIDTH, Cell, Column, DataTable
from hotelml_app.services.asking.words import bytes_of
from hotelml_app.services.learning.views import CandidateView, ComparisonView, DeploymentView, ModuleView, VersionView

STATES = {
    "champion": "Live",
    "challenger": "Waits, ready",
    "retired": "Was live",
    "rejected": "Not better",
    "withdrawn": "Withdrawn",
    "damaged": "Not usable",
}
NEVER_LIVE = "Did not go live"
"""How a version stands that waited until a newer one took its place."""

WENT_LIVE = ("It is live now.", "It went live.")
"""How the reason of what went live ends, of old and by now."""
VERSION_ROWS = 7
HISTORY_ROWS = 6
CANDIDATE_ROWS = 8


class ModuleDetails(QWidget):
    """Versions with go-live and roll-back, and the history of deployments."""

    def __init__(self, promote: Callable[[str], object], roll_back: Callable[[], object]) -> None:
        super().__init__()
        self._promote, self._roll_back = promote, roll_back
        self._module: ModuleView | None = None
        self._place = Place()
        self.title = label(role="heading")
        self.question = label(role="muted", wrap=True)
        self.result = label(wrap=True)
        self.versions = DataTable(_version_columns("Measure", ""), "Versions", sortable=False)
        self.history = DataTable(
            (
                Column("Live from", width=MOMENT_WIDTH),
                Column("Version", width=152),
                Column("Why", stretch=True),
            ),
            "What was live when",
            sortable=False,
        )
        self.compared = DataTable(_candidate_columns("Measure", ""), "Compared on the same past days", sortable=False)
        self.go_live = Button("Make it live…", self._ask_promote, icon="upload-simple")
        self.back = Button("Go back to the one before…", self._ask_roll_back, icon="arrow-counter-clockwise")
        self._none = label("No version was trained yet.", "muted", wrap=True)
        self._notes = label(role="muted", wrap=True)
        self._compared_title = label("Compared on the same past days", "heading")
        self._compared_on = label(role="muted", wrap=True)
        self._history_title = label("What was live when", "heading")
        head = column((self.title, self.question, self.result), gap=tokens.SPACE_HALF)
        parts = (self._none, self.versions, self._notes, row((self.go_live, self.back, None)))
        comparison = (tokens.SPACE_1, self._compared_title, self._compared_on, self.compared)
        inside = column((head, *parts, *comparison, tokens.SPACE_1, self._history_title, self.history), gap=tokens.SPACE_1)
        self.setLayout(column((card(inside),)))
        self.versions.current.connect(lambda _: self._version_chosen())

    def show_module(self, place: Place, module: ModuleView) -> None:
        """Show another module."""
        self._module, self._place = module, place
        self.title.setText(f"{module.title}: versions")
        self.question.setText(module.question)
        self.result.setText(f"Last training: {in_plain_words(place, _as_it_is(module))}" if module.last_result else "")
        self.result.setVisible(bool(module.last_result))
        self.versions.set_columns(_version_columns(measure_name(module.measure_name), module.unit))
        self.versions.set_rows([(one.version, _version_cells(place, module, one)) for one in module.versions])
        self.versions.fit_height(VERSION_ROWS)
        self.versions.setVisible(bool(module.versions))
        self._none.setVisible(not module.versions)
        self._show_comparison(place, module)
        rows = [(str(index), _history_cells(place, module, one)) for index, one in enumerate(module.deployments)]
        self.history.set_rows(rows)
        self.history.fit_height(HISTORY_ROWS)
        for part in (self.history, self._history_title):
            part.setVisible(bool(rows))
        self.back.setVisible(module.back_to is not None)
        if module.versions and not self.versions.current_key:
            self.versions.choose(module.versions[0].version)
        self._version_chosen()

    def _show_comparison(self, place: Place, module: ModuleView) -> None:
        shown = module.comparison
        for part in (self._compared_title, self._compared_on, self.compared):
            part.setVisible(shown is not None)
        if shown is not None:
            self._compared_on.setText(compared_words(place, shown))
            self.compared.set_columns(_candidate_columns(measure_name(module.measure_name), module.unit))
            self.compared.set_rows([(one.name, _candidate_cells(place, one)) for one in shown.candidates])
            self.compared.fit_height(CANDIDATE_ROWS)

    def _chosen(self) -> VersionView | None:
        key = self.versions.current_key
        versions = self._module.versions if self._module else ()
        return next((one for one in versions if one.version == key), None)

    def _version_chosen(self) -> None:
        one = self._chosen()
        self.go_live.setVisible(one is not None)
        self.go_live.setEnabled(one is not None and one.can_go_live and one.state != "champion")
        self._notes.setText(version_words(self._place, one) if one else "")
        self._notes.setVisible(one is not None)

    def _ask_promote(self) -> None:
        one = self._chosen()
        if one is not None and self._module is not None:
            title = f"Make version {one.version} live?"
            text = f"All numbers of “{self._module.title}” come from it from now on. You can go back at any time."
            ConfirmDialog(self.window(), title, text, "Make it live", lambda: self._promote(one.version)).open()

    def _ask_roll_back(self) -> None:
        if self._module is not None:
            before = version_before(self._module)
            title = f"Go back to {before}?"
            module = self._module.title
            text = (
                f"All numbers of “{module}” come from {before} again, until a later training does better. To keep it whatever "
                f"is learned, untick {module} under Learning in the settings."
            )
            ConfirmDialog(self.window(), title, text, "Go back", self._roll_back).open()


def _as_it_is(module: ModuleView) -> str:
    """Return how the last training ended; that its version went live is not said once another one answers."""
    newest = max(module.versions, key=lambda one: one.created_at, default=None)
    live = newest is not None and newest.state == "champion"
    said = next((end for end in WENT_LIVE if module.last_result.endswith(end)), "")
    return module.last_result if live else module.last_result.removesuffix(said).rstrip()


def _version_columns(measure: str, unit: str) -> tuple[Column, ...]:
    return (
        Column("Version", width=140),
        Column("Standing", stretch=True),
        Column(measure, unit, number=True, width=104),
        Column("Plain rule", unit, number=True, width=92),
    )


def _version_cells(place: Place, module: ModuleView, one: VersionView) -> tuple[Cell, ...]:
    live = one.state == "champion"
    return (
        Cell(one.version, strong=live, tip=version_words(place, one)),
        Cell(_standing(module, one), colour="urgent" if one.state == "damaged" else "", strong=live),
        Cell(figure(place, one.measure, ""), tip=measure_name(module.measure_name)),
        Cell(figure(place, one.baseline_measure, ""), tip=module.baseline_name),
    )


def _standing(module: ModuleView, one: VersionView) -> str:
    if one.state == "retired" and all(was.version != one.version for was in module.deployments):
        return NEVER_LIVE
    return STATES.get(one.state, one.state)


def _candidate_columns(measure: str, unit: str) -> tuple[Column, ...]:
    return (Column("Way to answer", stretch=True), Column("", width=120), Column(measure, unit, number=True, width=120))


def _candidate_cells(place: Place, one: CandidateView) -> tuple[Cell, ...]:
    standing = "chosen" if one.chosen else "plain rule" if one.is_baseline else ""
    return (
        Cell(one.name.replace("_", " "), strong=one.chosen),
        Cell(standing, strong=one.chosen),
        Cell(figure(place, one.value, ""), strong=one.chosen),
    )


def compared_words(place: Place, shown: ComparisonView) -> str:
    """Return which days a backtest looked at, e.g. "1-14 days ahead, asked on 12 days from 8 Jun to 24 Aug 2016"."""
    if not shown.asked:
        return shown.bucket
    words = f"{shown.bucket}, {place.dated(place.spoken(shown.asked))}, knowing only what was known then.".removeprefix(", ")
    return words[0].upper() + words[1:]


def version_words(place: Place, one: VersionView) -> str:
    """Return what a version learned from, and what was noted about it."""
    span = ""
    if one.data_from and one.data_until:
        first, last = (place.day(day, weekday=False, year=True) for day in (one.data_from, one.data_until))
        span = f" from {first} to {last}"
    examples = f"{place.number(one.data_points)} examples{span}"
    learned = f"Trained {place.moment(one.created_at)} from {examples}; {bytes_of(one.size_bytes)}."
    return " ".join((place.spoken(learned), *(place.dated(place.spoken(note)) for note in one.notes)))


def version_before(module: ModuleView) -> str:
    """Return what going back leads to, in words."""
    return f"version {module.back_to}" if module.back_to else module.otherwise


def _history_cells(place: Place, module: ModuleView, one: DeploymentView) -> tuple[Cell, ...]:
    now = one.live_until is None
    reason = in_plain_words(place, one.reason.replace(*WENT_LIVE))
    without_own = "Plain rule" if module.otherwise.startswith("the plain rule") else "Brought along"
    until = "until now" if one.live_until is None else f"until {place.moment(one.live_until)}"
    return (
        Cell(place.moment(one.live_from), tip=until, strong=now),
        Cell(one.version or without_own, tip=f"{one.version or without_own}, {until}", strong=now),
        Cell(reason, tip=reason),
    )
