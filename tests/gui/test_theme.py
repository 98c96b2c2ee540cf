"""The look: readable for everybody, from one place, with the fonts that are shipped."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import partial
from importlib import resources
from pathlib import Path

import pytest
from fake_rates import rate_day
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QFontInfo, QFontMetrics, QIcon, QRawFont
from PySide6.QtWidgets import QApplication, QHeaderView, QListWidget, QMenu, QTableView, QWidget

import hotelml_app.gui
from hotelml_app.gui.rates_parts.month import ground_and_change, small_colour
from hotelml_app.gui.theme import fonts, icons, tokens
from hotelml_app.gui.theme.appearance import appearance
from hotelml_app.gui.theme.tokens import Palette, contrast, palette
from hotelml_app.gui.widgets.bars import risk_icon
from hotelml_app.gui.widgets.tables.cells import Cell
from hotelml_app.gui.widgets.tables.table import Column, DataTable

TEXT_AA = 4.5
SHAPE_AA = 3.0
GROUNDS = ("ground", "surface", "rail", "sunken", "hover")
GUI = Path(hotelml_app.gui.__file__).parent

both = pytest.mark.parametrize("colours", [palette(dark=False), palette(dark=True)], ids=["light", "dark"])


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21.0)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@both
@pytest.mark.parametrize("text", ["text", "text_muted", "accent", "risk_text", "urgent"])
def test_text_is_readable_on_every_ground(colours: Palette, text: str) -> None:
    for ground in GROUNDS:
        assert contrast(getattr(colours, text), getattr(colours, ground)) >= TEXT_AA, (text, ground)


@both
def test_text_on_colour_is_readable(colours: Palette) -> None:
    assert contrast(colours.on_accent, colours.accent) >= TEXT_AA
    assert contrast(colours.on_accent, colours.accent_hover) >= TEXT_AA
    assert contrast(colours.text, colours.accent_soft) >= TEXT_AA
    assert contrast(colours.urgent, colours.urgent_soft) >= TEXT_AA
    assert contrast(colours.text, colours.urgent_soft) >= TEXT_AA


@both
@pytest.mark.parametrize("event", ["", "Book fair"])
@pytest.mark.parametrize("rate", [70.0, 100.0, 110.0, 140.0])
def test_every_word_in_a_day_of_rates_is_readable_on_its_ground(colours: Palette, rate: float, event: str) -> None:
    day = replace(rate_day(date(2016, 9, 1)), current_rate=100.0, suggested_rate=rate, event=event)
    ground, change = ground_and_change(day, colours)
    for words in (change, small_colour(day, colours), colours.text):
        assert contrast(words, ground) >= TEXT_AA


@both
@pytest.mark.parametrize("shape", ["accent", "line_strong", "risk_high", "chart_forecast", "chart_capacity", "chart_event"])
def test_shapes_that_mean_something_stand_out(colours: Palette, shape: str) -> None:
    assert contrast(getattr(colours, shape), colours.surface) >= SHAPE_AA


@both
def test_degrees_of_risk_differ_in_lightness_not_only_in_hue(colours: Palette) -> None:
    assert contrast(colours.risk_high, colours.risk_raised) >= 1.5


def test_light_and_dark_name_the_same_roles_from_the_same_ramps() -> None:
    assert set(tokens.PALETTE_STEPS) == set(tokens.roles())
    hexes = {colour for ramp in tokens.RAMPS.values() for colour in ramp.values()}
    for dark in (False, True):
        assert {getattr(palette(dark=dark), role) for role in tokens.roles()} <= hexes


def test_no_colour_is_named_outside_the_tokens() -> None:
    named = {
        path.relative_to(GUI).as_posix()
        for path in GUI.rglob("*.py")
        if re.search(r"#[0-9A-Fa-f]{6}\b", path.read_text(encoding="utf-8"))
    }
    assert named == {"theme/tokens.py"}


def test_figures_are_tabular_in_both_weights(qt: QApplication) -> None:
    appearance()
    for strong in (False, True):
        font = fonts.text_font(20, strong=strong)
        assert QFontInfo(font).family() == fonts.FAMILY
        widths = {QFontMetrics(font).horizontalAdvance(figure) for figure in "0123456789"}
        assert len(widths) == 1


def test_the_family_writes_european_names_and_currencies(qt: QApplication) -> None:
    appearance()
    raw = QRawFont.fromFont(fonts.text_font())
    missing = [letter for letter in "ÀÉÎõüßŁżČŠřΑΩБЯ€£–−…“”·→" if not raw.supportsCharacter(ord(letter))]
    assert not missing


@pytest.mark.parametrize("kind", [QTableView, QHeaderView, QListWidget, QMenu])
def test_a_desktop_with_fonts_of_its_own_for_tables_and_menus_changes_nothing(qt: QApplication, kind: type[QWidget]) -> None:
    """As Windows has, whatever font an application asks for."""
    appearance()
    name = "QMenu" if kind is QMenu else "QAbstractItemView"
    QApplication.setFont(QFont("Monospace", 7), name)
    try:
        widget = QHeaderView(Qt.Orientation.Horizontal) if kind is QHeaderView else kind()
        widget.ensurePolished()
        assert (widget.font().family(), widget.font().pixelSize()) == (fonts.FAMILY, tokens.SIZE_BODY)
    finally:
        QApplication.setFont(fonts.text_font(), name)


def test_every_icon_is_in_the_shipped_font(qt: QApplication) -> None:
    appearance()
    folder = resources.files("hotelml_app.gui") / "assets" / "fonts"
    raw = QRawFont(str(folder / "HotelMLIcons.ttf"), 16)
    missing = [name for name, code in icons.GLYPHS.items() if not raw.supportsCharacter(code)]
    assert not missing


def test_licences_lie_beside_the_fonts() -> None:
    folder = resources.files("hotelml_app.gui") / "assets" / "fonts"
    assert "SIL OPEN FONT LICENSE" in (folder / "LICENSE-Inter.txt").read_text(encoding="utf-8")
    assert "MIT License" in (folder / "LICENSE-Phosphor.txt").read_text(encoding="utf-8")


def test_the_look_follows_the_choice_and_tells_those_who_draw(qt: QApplication) -> None:
    look, told = appearance(), []
    look.choose("light")
    look.changed.connect(lambda: told.append(look.colours.dark))
    look.choose("dark")
    look.choose("dark")
    look.choose("light")
    assert told == [True, False]
    assert look.choice == "light"


def test_the_bar_of_a_risk_looks_the_same_in_a_chosen_row(qt: QApplication) -> None:
    icon = risk_icon(0.08, "raised")
    plain, chosen = (icon.pixmap(QSize(48, 16), mode).toImage() for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected))
    assert plain == chosen


def test_cells_of_a_table_follow_the_look_while_it_is_open(qt: QApplication) -> None:
    look = appearance()
    look.choose("light")
    table = DataTable((Column("Risk"), Column("Night")), "A table")
    rows = [("a", (Cell("high", colour="risk_text", icon=partial(risk_icon, 0.5, "high")), Cell("Thu", colour="text_muted")))]
    table.set_rows([*rows, ("b", (Cell("low"), Cell("Fri")))])

    def shown() -> list[object]:
        first, second = (table.model().index(0, column) for column in range(2))
        icon = first.data(Qt.ItemDataRole.DecorationRole)
        colours = [one.data(Qt.ItemDataRole.ForegroundRole).color().name().upper() for one in (first, second)]
        return [*colours, icon.pixmap(QSize(48, 16)).toImage()]

    light = shown()
    look.choose("dark")
    dark = shown()
    assert dark[:2] == [look.colours.risk_text, look.colours.text_muted]
    assert all(one != other for one, other in zip(light, dark, strict=True))
    assert table.keys == ("a", "b")
    look.choose("light")
    assert shown() == light
