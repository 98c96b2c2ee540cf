"""Pictures of every page can be made without a screen, and show something."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from fake_appliance import FakeAppliance
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from hotelml_app.gui import screenshots
from hotelml_app.gui.errors import PictureError
from hotelml_app.gui.no_screen import draw_without_screen
from hotelml_app.gui.pages import registry
from hotelml_app.gui.pages.registry import PAGES
from hotelml_app.gui.screenshots import Shot, render_all
from hotelml_app.settings.model import AppearanceSettings

LEAST_COLOURS = 40


def colours(picture: QImage) -> set[int]:
    return {picture.pixel(x, y) for x in range(0, picture.width(), 7) for y in range(0, picture.height(), 7)}


@pytest.mark.parametrize(("system", "folder"), [("win32", str(Path("D:/Windows") / "Fonts")), ("linux", None)])
def test_where_no_window_is_open_the_fonts_of_windows_are_found(
    system: str, folder: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a screen Qt knows the bundled fonts alone there; on Linux it finds the others by itself."""
    monkeypatch.setattr("hotelml_app.gui.no_screen.sys.platform", system)
    monkeypatch.setenv("SYSTEMROOT", "D:/Windows")
    monkeypatch.setenv("QT_QPA_PLATFORM", "")
    monkeypatch.setenv("QT_QPA_FONTDIR", "")
    monkeypatch.delenv("QT_QPA_FONTDIR")
    draw_without_screen()
    assert (os.environ["QT_QPA_PLATFORM"], os.environ.get("QT_QPA_FONTDIR")) == ("offscreen", folder)


def test_every_page_is_drawn_light_and_dark_in_every_size(
    qt: QApplication, hotel: FakeAppliance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(screenshots, "SHOTS", (Shot(1366, 768), Shot(1280, 720, 1.5)))
    written = render_all(hotel, tmp_path / "pictures")
    assert len(written) == len(PAGES) * 2 * 2
    assert len({path.name for path in written}) == len(written)
    for path in written:
        is_drawn_as_named(path)
    sizes = {QImage(str(path)).size().toTuple() for path in written}
    assert sizes == {(1366, 768), (1920, 1080)}


def is_drawn_as_named(path: Path) -> None:
    picture = QImage(str(path))
    assert len(colours(picture)) > LEAST_COLOURS, path.name
    dark = picture.pixelColor(picture.width() - 4, picture.height() - 4).lightness() < 128
    assert dark == ("-dark-" in path.name)


def test_a_home_that_is_dark_is_drawn_light_as_well(
    qt: QApplication, hotel: FakeAppliance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hotel.kept = hotel.kept.model_copy(update={"appearance": AppearanceSettings(theme="dark")})
    monkeypatch.setattr(screenshots, "SHOTS", (Shot(1366, 768),))
    monkeypatch.setattr(registry, "PAGES", PAGES[:2])
    written = render_all(hotel, tmp_path / "pictures")
    assert len(written) == 2 * 2
    for path in written:
        is_drawn_as_named(path)


def test_a_home_without_a_property_is_drawn_too(qt: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screenshots, "SHOTS", (Shot(1366, 768),))
    monkeypatch.setattr(screenshots, "THEMES", ("light",))
    assert len(render_all(FakeAppliance(()), tmp_path)) == len(PAGES)


def test_a_folder_that_cannot_be_made_is_told(qt: QApplication, hotel: FakeAppliance, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(PictureError, match="cannot be made"):
        render_all(hotel, tmp_path / "file" / "pictures")
