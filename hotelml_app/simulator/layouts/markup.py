"""XML files as Oracle's report server writes them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from xml.etree import ElementTree

from hotelml_app.simulator.exports import written_whole


def add_fields(parent: ElementTree.Element, fields: Mapping[str, str]) -> None:
    """Add one child per field, in order; an empty value gives an empty tag."""
    for name, value in fields.items():
        ElementTree.SubElement(parent, name).text = value or None


def descend(root: ElementTree.Element, *names: str) -> ElementTree.Element:
    """Add nested elements and return the innermost."""
    for name in names:
        root = ElementTree.SubElement(root, name)
    return root


def write_xml(path: Path, root: ElementTree.Element) -> None:
    """Write the document whole, indented, in UTF-8."""
    ElementTree.indent(root)
    with written_whole(path) as part:
        ElementTree.ElementTree(root).write(part, encoding="UTF-8", xml_declaration=True)
