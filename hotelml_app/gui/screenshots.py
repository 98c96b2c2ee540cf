"""Pictures of every page, light and dark, small and large: for the hand-book, and to look at what was built."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEventLoop, QPoint, QSize, QTimer
from PySide6.QtGui import QColor, QPixmap
from PySide6.QtWidgets import QWidget

from hotelml_app.gui.errors import PictureError
from hotelml_app.gui.no_screen import draw_without_screen
from hotelml_app.gui.port import AppliancePort

WAIT_MS = 60_000
"""The longest a page may take to answer; the first forecast of a home can take some seconds."""

SETTLE_MS = 60
THEMES = ("light", "dark")


@dataclass(frozen=True)
class Shot:
    """One kind of picture: the window's size in logical pixels and the scale of the screen."""

    width: int
    height: int
    scale: float = 1.0

    @property
    def name(self) -> str:
        """The size in real pixels, with the scale where it is not 100 %."""
        size = f"{round(self.width * self.scale)}x{round(self.height * self.scale)}"
        return size if self.scale == 1.0 else f"{size}-{round(100 * self.scale)}pc"


SHOTS = (Shot(1366, 768), Shot(1920, 1080), Shot(1280, 720, 1.5))


def render_all(appliance: AppliancePort, out_dir: Path) -> list[Path]:
    """Write ``<page>-<theme>-<size>.png`` for every page into ``out_dir`` and return the files.

    Needs no screen. Raises PictureError where a page does not answer or the folder cannot be written.
    """
    draw_without_screen()
    from hotelml_app.gui.application import WindowApplication, make_application
    from hotelml_app.gui.memory import Forgetful
    from hotelml_app.gui.pages.registry import PAGES

    make_folder(out_dir)
    opened = WindowApplication(make_application(), appliance, Forgetful())
    written: list[Path] = []
    begun: list[bool] = []
    try:
        opened.begun.connect(lambda: begun.append(True))
        opened.show()
        # The first answer brings the theme the home has, which would come between those that are drawn.
        wait_until(lambda: bool(begun) and opened.runner.quiet, "the property")
        for theme in THEMES:
            opened.context.look.choose(theme)
            for spec in PAGES:
                opened.window.open_page(spec.key)
                wait_until(lambda: opened.window.page.body.state != "loading" and opened.runner.quiet, spec.title)
                for shot in SHOTS:
                    opened.window.resize(shot.width, shot.height)
                    pause(SETTLE_MS)
                    target = out_dir / f"{spec.key}-{theme}-{shot.name}.png"
                    written.append(save(picture(opened.window, shot.scale), target))
    finally:
        opened.close()
        opened.window.deleteLater()
    return written


def picture(widget: QWidget, scale: float = 1.0) -> QPixmap:
    """Draw a widget as it would be on a screen of this scale."""
    pixmap = QPixmap(QSize(round(widget.width() * scale), round(widget.height() * scale)))
    pixmap.setDevicePixelRatio(scale)
    pixmap.fill(QColor("black"))
    widget.render(pixmap, QPoint(0, 0))
    return pixmap


def save(pixmap: QPixmap, target: Path) -> Path:
    """Write a picture. Raises PictureError."""
    if not pixmap.save(str(target), "PNG"):
        raise PictureError(f"The picture {target} could not be written.", remedy="Choose a folder that you may write in.")
    return target


def make_folder(folder: Path) -> None:
    """Make the folder for the pictures. Raises PictureError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise PictureError(
            f"The folder {folder} cannot be made ({error.strerror or error}).", remedy="Choose a folder that you may write in."
        ) from error


def wait_until(true: Callable[[], bool], what: str) -> None:
    """Let Qt work until something is true. Raises PictureError after a minute."""
    waited = 0
    while not true():
        if waited >= WAIT_MS:
            raise PictureError(f"Nothing came of asking for {what}.", remedy="Look into the log, and try again.")
        pause(SETTLE_MS)
        waited += SETTLE_MS


def pause(milliseconds: int) -> None:
    """Let Qt work for a moment."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()
