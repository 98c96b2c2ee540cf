"""``hotelml rooms rename``: a room type that the exports call otherwise by now keeps its history under the new name."""

from __future__ import annotations

from hotelml_app.core.errors import UsageError
from hotelml_app.core.jobs import CancelToken, ProgressCallback
from hotelml_app.modules import discover
from hotelml_app.services.asking.arguments import Arguments, nearest
from hotelml_app.services.asking.choose_property import the_one
from hotelml_app.services.nights import rooms_seen
from hotelml_app.services.parts import Parts
from hotelml_app.services.properties.list_properties import predict_anew
from hotelml_app.services.rooms import kept as rooms_kept
from hotelml_app.store.decided import room_type_names
from hotelml_app.store.hotels import properties


def answer(parts: Parts, arguments: Arguments, progress: ProgressCallback, cancel: CancelToken) -> dict[str, object]:
    """Count a room type under another name, or again under its own. Raises UsageError for one that is not known."""
    row = the_one(parts.store, arguments.text("property"))
    former, present = arguments.text("former").strip(), arguments.text("present").strip()
    with rooms_kept.after_other_changes(cancel), parts.store.write() as connection:
        known = {kind.code for kind in properties.room_types(connection, row.id)}
        known |= room_type_names.renamed(connection, row.id).keys()
        for name in (former, present):
            if name not in known:
                raise UsageError(
                    f"No export has a room type called {name!r}.",
                    remedy=f"{nearest(name, known)}Known are: {', '.join(sorted(known)) or 'none yet'}.",
                )
        room_type_names.rename(connection, row.id, former, present)
        rooms_seen.forget(connection, row.id)
    predict_anew(parts, row.id, set(discover()))
    return {"property": row.name, "former": former, "present": present}
