"""The files that came in, newest first, each with the number it is taken back by."""

from __future__ import annotations

from hotelml_app.core.jobs import CancelToken, ProgressCallback
from hotelml_app.core.json_values import json_ready
from hotelml_app.services.asking.arguments import Arguments
from hotelml_app.services.asking.choose_property import the_one
from hotelml_app.services.exports.data_page import import_view
from hotelml_app.services.parts import Parts
from hotelml_app.store.corrected import import_undo
from hotelml_app.store.exported import imports

LISTED = 20
MOST = 10_000


def answer(parts: Parts, arguments: Arguments, progress: ProgressCallback, cancel: CancelToken) -> dict[str, object]:
    """List the imports of a property, and those that failed."""
    row = the_one(parts.store, arguments.text("property"))
    limit = arguments.number("limit", default=LISTED, low=1, high=MOST)
    with parts.store.read() as connection:
        came, kept = imports.recent(connection, limit, row.id), import_undo.kept(connection)
        total = imports.count(connection, row.id)
    views = [import_view(one, kept) for one in came]
    return {"property": row.name, "imports": json_ready(views), "total": total}
