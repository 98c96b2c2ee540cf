"""Cut the fonts the window needs out of their originals.

Needs fontTools, which the product itself does not. Run it again only to change the type or to add an icon:

    python resources/fonts/build_fonts.py Inter-roman.var.ttf phosphor-1.3.0.ttf hotelml_app/gui/assets/fonts

The originals: Inter 4.0 beta 7 as packaged by Debian (``fonts-inter-variable``), Phosphor 1.3.0 as packaged by qtawesome.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

from hotelml_app.gui.theme.glyphs import GLYPHS

TEXT_FAMILY = "HotelML Inter"
ICON_FAMILY = "HotelML Icons"
WEIGHTS = {"Regular": 400, "SemiBold": 600}

TEXT_RANGES = (
    (0x20, 0x7E),
    (0xA0, 0x24F),  # Latin, with every accent of Europe
    (0x300, 0x30C),
    (0x370, 0x3FF),
    (0x400, 0x4FF),
    (0x1E00, 0x1EFF),
    (0x2010, 0x2027),
    (0x202F, 0x203A),
    (0x2070, 0x2089),
    (0x20A0, 0x20BF),  # currencies
    (0x2190, 0x2199),
    (0x2200, 0x226F),
    (0x25A0, 0x25CF),
    (0x2713, 0x2717),
)


def tabular(font: TTFont) -> None:
    """Make tabular figures the figures of the font, so that no program has to ask for them."""
    substitutions: dict[str, str] = {}
    table = font["GSUB"].table
    for record in table.FeatureList.FeatureRecord:
        if record.FeatureTag != "tnum":
            continue
        for index in record.Feature.LookupListIndex:
            for subtable in table.LookupList.Lookup[index].SubTable:
                inner = getattr(subtable, "ExtSubTable", subtable)
                substitutions.update(inner.mapping)
    for cmap in font["cmap"].tables:
        for code, glyph in list(cmap.cmap.items()):
            cmap.cmap[code] = substitutions.get(glyph, glyph)


def rename(font: TTFont, family: str, style: str) -> None:
    """Give the font a name of its own, so that an installed Inter of another version is never taken instead."""
    names = font["name"]
    keep = {0, 5, 13, 14}
    names.names = [record for record in names.names if record.nameID in keep]
    regular = style in ("Regular", "Bold")
    texts = {
        1: family if regular else f"{family} {style}",
        2: style if regular else "Regular",
        3: f"{family} {style}",
        4: f"{family} {style}",
        6: f"{family} {style}".replace(" ", "-"),
        16: family,
        17: style,
    }
    for identifier, text in texts.items():
        names.setName(text, identifier, 3, 1, 0x409)


def cut(font: TTFont, codes: list[int], features: list[str]) -> None:
    """Keep the given characters and OpenType features only."""
    options = Options()
    options.layout_features = features
    options.name_IDs = ["*"]
    options.notdef_outline = True
    options.hinting = False
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=codes)
    subsetter.subset(font)


def build_text(source: Path, target: Path) -> None:
    """Write one static file per weight."""
    codes = [code for first, last in TEXT_RANGES for code in range(first, last + 1)]
    for style, weight in WEIGHTS.items():
        font = instantiateVariableFont(TTFont(source), {"wght": weight})
        tabular(font)
        rename(font, TEXT_FAMILY, style)
        font["OS/2"].usWeightClass = weight
        cut(font, codes, ["kern", "mark", "mkmk", "ccmp", "locl", "case", "calt"])
        font.save(target / f"HotelMLInter-{style}.ttf")


def build_icons(source: Path, target: Path) -> None:
    """Write the icon font; code points stay those of Phosphor."""
    font = TTFont(source)
    rename(font, ICON_FAMILY, "Regular")
    cut(font, sorted(GLYPHS.values()), [])
    font.save(target / "HotelMLIcons.ttf")


if __name__ == "__main__":
    inter, phosphor, folder = (Path(argument) for argument in sys.argv[1:4])
    build_text(inter, folder)
    build_icons(phosphor, folder)
