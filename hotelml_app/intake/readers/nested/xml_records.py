"""XML reports: every repeated element becomes a sheet, its children and attributes the columns.

defusedxml refuses entities and external references; nothing is expanded, nothing is fetched.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol
from xml.etree.ElementTree import ParseError

from hotelml_app.intake.errors import DamagedFileError, ForbiddenContentError
from hotelml_app.intake.readers.nested.frame import Frame
from hotelml_app.intake.readers.nested.records import Around, RecordsSheet

MAX_DEPTH = 60


@dataclass
class _Element:
    """An element being read: its own values, those around it, and the text of the leaf it may turn out to be."""

    path: str
    line: int
    values: dict[str, str]
    around: Around
    text: list[str] = field(default_factory=list)
    has_children: bool = False

    @cached_property
    def inside(self) -> Around:
        """What lies around its children: one tuple for all of them."""
        return (self.values, *self.around)


class Target(Protocol):
    """What is told the elements of a file."""

    line: int

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Take the beginning of an element."""

    def data(self, text: str) -> None:
        """Take text."""

    def end(self, tag: str) -> None:
        """Take the end of an element."""

    def close(self) -> None:
        """Take the end of the file."""


class _Collector:
    """The parser's target: keeps the leaves of each element as a record of that element's path."""

    def __init__(self, name: str, frame: Frame) -> None:
        self._frame = frame
        self.sheets: dict[str, RecordsSheet] = {}
        self.line = 0
        self._name = name
        self._open: list[_Element] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if len(self._open) >= MAX_DEPTH:
            raise ForbiddenContentError(
                f"{self._name} nests elements over {MAX_DEPTH} deep.", remedy="Export it from the PMS again."
            )
        parent = self._open[-1] if self._open else None
        if parent is not None:
            parent.has_children = True
        plain = tag.rpartition("}")[2]
        if parent is None:
            self._frame.begin(tag)
        elif len(self._open) == 1:
            self._frame.add(plain)
        around = parent.inside if parent else ()
        values = {key.rpartition("}")[2]: value for key, value in attributes.items()}
        self._open.append(_Element(f"{parent.path}/{plain}" if parent else plain, self.line, values, around))

    def data(self, text: str) -> None:
        if self._open:
            self._open[-1].text.append(text)

    def end(self, tag: str) -> None:
        element = self._open.pop()
        if not element.has_children and self._open:
            self._open[-1].values.setdefault(tag.rpartition("}")[2], "".join(element.text).strip())
        if element.values and (element.has_children or len(element.values) > 1):
            if element.path not in self.sheets:
                self.sheets[element.path] = RecordsSheet(element.path)
            self.sheets[element.path].append(element.values, element.line, element.around)

    def close(self) -> None:
        """Do nothing; the parser asks for it."""


def read_xml(name: str, data: bytes, frame: Frame) -> Sequence[RecordsSheet]:
    """Return a sheet per repeated element, named by its path from the root, like ``RES_DETAIL/LIST/G_RESERVATION``.

    ``frame`` is told what stands around them.
    Raises DamagedFileError where the file is cut off, ForbiddenContentError where it brings entities, TooLargeError.
    """
    collector = _Collector(name, frame)
    parse(name, data, collector)
    return list(collector.sheets.values())


def parse(name: str, data: bytes, target: Target) -> None:
    """Feed a file to a parser's target, telling it each line before what stands on it.

    Raises DamagedFileError where the file is cut off, ForbiddenContentError where it brings entities.
    """
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import DefusedXMLParser

    parser = DefusedXMLParser(target=target, forbid_dtd=False, forbid_entities=True, forbid_external=True)
    stream = io.BytesIO(data)
    try:
        # Line by line, so that every record knows the line it stands on.
        for line, text in enumerate(stream, start=1):
            target.line = line
            parser.feed(text)
        parser.close()
    except DefusedXmlException as error:
        raise ForbiddenContentError(
            f"{name} carries XML entities, which no PMS report needs.",
            remedy="Do not import files from strangers; export it again.",
        ) from error
    except (ParseError, LookupError, ValueError) as error:
        # An encoding that there is not, or that takes several bytes a letter, is no error of parsing.
        raise DamagedFileError(
            f"{name} is no complete XML: {error}.", remedy="The file may be cut off: copy or export it again."
        ) from error
