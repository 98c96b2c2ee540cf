"""``hotelml rooms``: the rooms of the house as lines, and a file of such lines to be kept."""

from __future__ import annotations

from dataclasses import replace

from hotelml_app.core.errors import UsageError
from hotelml_app.core.jobs import CancelToken, ProgressCallback
from hotelml_app.services.asking.arguments import Arguments
from hotelml_app.services.asking.choose_property import the_one
from hotelml_app.services.nights.page_ground import Ground
from hotelml_app.services.parts import Parts
from hotelml_app.services.rooms import room_list, rooms_page
from hotelml_app.services.rooms.draft import RoomDraft
from hotelml_app.services.rooms.room_lines import Parsed, parsed, written
from hotelml_app.settings.files import read_text

MOST_TOLD = 10


def answer_list(parts: Parts, arguments: Arguments, progress: ProgressCallback, cancel: CancelToken) -> dict[str, object]:
    """Return the rooms there are, and the same as lines that `answer_set` takes."""
    draft = RoomDraft.of(room_list.build(_ground(parts, arguments)))
    return {"property": draft.view.property_name, "rooms": list(draft.all.values()), "lines": written(list(draft.rooms.values()))}


def answer_set(parts: Parts, arguments: Arguments, progress: ProgressCallback, cancel: CancelToken) -> dict[str, object]:
    """Keep the rooms of a file in place of those listed before; numbers in the exports stay rooms.

    Raises UsageError with every line that cannot be read; then nothing is changed.
    """
    ground, path = _ground(parts, arguments), arguments.path("file")
    if path is None:
        raise UsageError("No file was named.", remedy="Give a file with a number and a type on each line.")
    before = RoomDraft.of(room_list.build(ground))
    left_out = {number: kind for number, kind in before.told.items() if not kind}
    fresh = replace(before, told=left_out, features={}, doors=frozenset())
    read = parsed(read_text(path), before.types, fresh.rooms)
    _refuse_errors(read)
    after = fresh.with_lines(read.rooms)
    if after.is_changed:
        rooms_page.change(ground, after.change, progress, cancel)
    return {"property": ground.row.name, "rooms": len(after.rooms), "changed": after.in_words(), "hints": after.hints()}


def _ground(parts: Parts, arguments: Arguments) -> Ground:
    return Ground(parts, the_one(parts.store, arguments.text("property")))


def _refuse_errors(read: Parsed) -> None:
    if not read.errors:
        return
    told = " ".join(error.sentence for error in read.errors[:MOST_TOLD])
    more = len(read.errors) - MOST_TOLD
    raise UsageError(f"{told}{f' And {more} more.' if more > 0 else ''}", remedy="Nothing was changed; correct the file.")
