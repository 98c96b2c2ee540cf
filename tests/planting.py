"""Samples of export layouts written anew with other cells, in the format they are in."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import xlsxwriter

from hotelml_app.intake import profiles
from hotelml_app.intake.identify import Claim, identify
from hotelml_app.intake.profile import ExportProfile
from hotelml_app.intake.readers.opening import Document, documents_in
from hotelml_app.intake.readers.tables.sheet import RowsSheet
from hotelml_app.intake.readers.text.delimited import DelimitedSheet

FOLDER = Path(next(iter(profiles.__path__)))

Roles = frozenset[str]
Change = Callable[[Roles, str], str]
"""From the roles that take a cell's column (none: it is never read) and the cell to what stands there instead."""


def sample_of(profile: ExportProfile) -> Path:
    return FOLDER / profile.name / profile.sample


def documents_of(profile: ExportProfile) -> list[Document]:
    """Return what the intake makes of a profile's sample."""
    sample = sample_of(profile)
    return documents_in(sample.name, sample.read_bytes())


def plant(profile: ExportProfile, path: Path, change: Change) -> int:
    """Write the profile's sample to ``path`` with every cell below the header changed; return how many really were."""
    document = documents_of(profile)[0]
    claim = identify(document, profiles.discover().values())[0]
    planter = _PLANTERS[sample_of(profile).suffix](document, claim, change)
    planter.write(path)
    return planter.changed


class _Planter:
    def __init__(self, document: Document, claim: Claim, change: Change) -> None:
        self.document, self.claim, self.changed = document, claim, 0
        self._change = change
        taken = [(place, role) for role, places in claim.places.items() for place in places]
        self._by_place = {place: frozenset(role for at, role in taken if at == place) for place, _ in taken}
        self._by_name = {claim.header.cells[place]: roles for place, roles in self._by_place.items()}

    def at(self, place: int, cell: str) -> str:
        return self._changed(self._by_place.get(place, frozenset()), cell)

    def named(self, name: str, cell: str) -> str:
        return self._changed(self._by_name.get(name, frozenset()), cell)

    def _changed(self, roles: Roles, cell: str) -> str:
        new = self._change(roles, cell)
        self.changed += new != cell
        return new


class _Text(_Planter):
    def write(self, path: Path) -> None:
        """The rows from the header on, and a column that no profile knows."""
        assert isinstance(self.claim.sheet, DelimitedSheet)
        text = io.StringIO(self.claim.sheet.data.decode("utf-8"), newline="")
        rows = [row for row in csv.reader(text, delimiter=self.claim.sheet.delimiter) if row][self.claim.header.index :]
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow([*rows[0], "A new column"])
            for row in rows[1:]:
                writer.writerow([*(self.at(place, cell) for place, cell in enumerate(row)), self.at(-1, "x")])


class _Workbook(_Planter):
    def write(self, path: Path) -> None:
        """As .xlsx, whatever it was: which of the formats it is, the content tells."""
        with xlsxwriter.Workbook(path) as book:
            for sheet in self.document.sheets:
                assert isinstance(sheet, RowsSheet)
                page = book.add_worksheet(sheet.name)
                for number, (row, _) in enumerate(sheet):
                    below = sheet is self.claim.sheet and number > self.claim.header.index
                    page.write_row(number, 0, [self.at(place, cell) if below else cell for place, cell in enumerate(row)])


class _Xml(_Planter):
    def write(self, path: Path) -> None:
        """Leaves and attributes, of the records and of what stands around them."""
        tree = ElementTree.parse(sample_of(self.claim.profile))
        for element in tree.iter():
            for name, value in element.attrib.items():
                element.set(name, self.named(name, value))
            if not len(element) and not element.attrib:
                element.text = self.named(element.tag, element.text or "")
        tree.write(path, encoding="utf-8", xml_declaration=True)


class _Json(_Planter):
    def write(self, path: Path) -> None:
        content = json.loads(sample_of(self.claim.profile).read_text(encoding="utf-8"))
        path.write_text(json.dumps(self._anew(content, "")), encoding="utf-8")

    def _anew(self, node: object, name: str) -> object:
        if isinstance(node, dict):
            return {key: self._anew(value, f"{name}.{key}".strip(".")) for key, value in node.items()}
        if isinstance(node, list):
            return [self._anew(item, "") for item in node]
        new = self.named(name, str(node))
        return node if new == str(node) else new


_PLANTERS = {".csv": _Text, ".xlsx": _Workbook, ".xls": _Workbook, ".xml": _Xml, ".json": _Json}
