"""JSON: every list of records, and every list of rows, becomes a sheet."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from hotelml_app.intake.errors import DamagedFileError
from hotelml_app.intake.readers.sheet import RowsSheet
from hotelml_app.intake.readers.workbook import cell_text

MAX_DEPTH = 12


def read_json(name: str, data: bytes) -> list[RowsSheet]:
    """Return a sheet per list of objects or of rows, named by its path; a list beside a ``Name`` takes that name.

    The "line" of a row is its number in the list, from 1. Raises DamagedFileError where the text is no JSON.
    """
    try:
        document = json.loads(data.decode("utf-8", errors="replace"), parse_float=str, parse_int=str, parse_constant=str)
    except (ValueError, RecursionError) as error:
        raise DamagedFileError(
            f"{name} is no valid JSON ({error}).", remedy="The file may be cut off: copy or export it again."
        ) from error
    return list(_sheets(document, "", 0))


def _sheets(node: object, path: str, depth: int) -> Iterator[RowsSheet]:
    if depth > MAX_DEPTH:
        return
    if isinstance(node, Mapping):
        title = node.get("Name") or node.get("name")
        for key, value in node.items():
            named = str(title) if isinstance(title, str) and isinstance(value, list) else f"{path}.{key}".strip(".")
            yield from _sheets(value, named, depth + 1)
    elif isinstance(node, list) and node:
        if all(isinstance(item, list) for item in node):
            yield _of_rows(path, node)
        elif any(isinstance(item, Mapping) for item in node):
            yield _of_records(path, [item for item in node if isinstance(item, Mapping)])
            for item in node:
                yield from (sheet for sheet in _sheets(item, path, depth + 1) if sheet.name != path)


def _of_rows(path: str, rows: Sequence[Sequence[object]]) -> RowsSheet:
    return RowsSheet(path, [[_text(cell) for cell in row] for row in rows], range(1, len(rows) + 1))


def _of_records(path: str, records: Sequence[Mapping[str, object]]) -> RowsSheet:
    flat = [dict(_flattened(record, "", 0)) for record in records]
    header = list(dict.fromkeys(key for record in flat for key in record))
    rows = [header, *([record.get(key, "") for key in header] for record in flat)]
    return RowsSheet(path, rows, range(len(rows)))


def _flattened(record: Mapping[str, object], prefix: str, depth: int) -> Iterator[tuple[str, str]]:
    for key, value in record.items():
        if isinstance(value, Mapping) and depth < MAX_DEPTH:
            yield from _flattened(value, f"{prefix}{key}.", depth + 1)
        elif not isinstance(value, list | Mapping):
            yield f"{prefix}{key}", _text(value)


def _text(value: object) -> str:
    return json.dumps(value) if isinstance(value, list | Mapping) else cell_text(value)
