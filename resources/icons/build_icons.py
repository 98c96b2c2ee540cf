"""Draw the brand icon in the sizes that desktops want, and the few pictures the style sheet takes from files.

python resources/icons/build_icons.py            run it in the project's folder after a change to hotelml.svg or the tokens
"""

from __future__ import annotations

import os
import struct
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from hotelml_app.gui.theme import fonts, icons, tokens

HERE = Path(__file__).parent
ASSETS = HERE.parents[1] / "hotelml_app" / "gui" / "assets" / "icons"
SIZES = (24, 48, 64, 128, 256)
ICO_SIZES = (16, 24, 32, 48, 64, 128, 256)
SHEET_RATIO = 3.0


def drawn(renderer: QSvgRenderer, size: int) -> QImage:
    """Return the mark at one size."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return image


def png(image: QImage) -> bytes:
    """Return the image as a PNG file's content."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(content.data())


def write_ico(images: list[QImage], target: Path) -> None:
    """Write a Windows icon of several PNGs."""
    pictures = [(image.width(), png(image)) for image in images]
    offset = 6 + 16 * len(pictures)
    head, body = struct.pack("<HHH", 0, 1, len(pictures)), b""
    for size, content in pictures:
        head += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(content), offset + len(body))
        body += content
    target.write_bytes(head + body)


def main() -> None:
    """Write everything."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QGuiApplication([])
    fonts.load_fonts()
    renderer = QSvgRenderer(str(HERE / "hotelml.svg"))
    ASSETS.mkdir(parents=True, exist_ok=True)
    for size in SIZES:
        (ASSETS / f"hotelml-{size}.png").write_bytes(png(drawn(renderer, size)))
    (HERE / "hotelml.png").write_bytes(png(drawn(renderer, 256)))
    write_ico([drawn(renderer, size) for size in ICO_SIZES], HERE / "hotelml.ico")
    for shade, dark in (("light", False), ("dark", True)):
        colours = tokens.palette(dark=dark)
        for name, colour in (("caret-down", colours.text_muted), ("check", colours.on_accent)):
            pixmap = icons.glyph_pixmap(name, colour, 14, SHEET_RATIO)
            (ASSETS / f"{name}-{shade}.png").write_bytes(png(pixmap.toImage()))
    application.quit()


if __name__ == "__main__":
    main()
