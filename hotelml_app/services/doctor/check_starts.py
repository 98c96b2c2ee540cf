"""What ``hotelml doctor`` finds about the next start of HotelML and of a newer one."""

from __future__ import annotations

from collections.abc import Iterator

from hotelml_app.services.doctor.finding import Check
from hotelml_app.settings.home import HomeLayout


def check_next_start(layout: HomeLayout) -> Iterator[Check]:
    """Tell what waits for the next start, only where something does: most starts change nothing."""
    from hotelml_app.services.backups import next_start

    waits = next_start.waiting(layout)
    if waits is not None:
        yield Check("Next start", "warning", waits.sentence, next_start.HOW_TO_KEEP)


def check_update(layout: HomeLayout) -> Iterator[Check]:
    """Tell what update waits, once all of it was read and is what was signed; and what lies there and is not offered."""
    if not layout.updates.is_dir():
        return
    from hotelml_app.services.updates import shelf, starting
    from hotelml_app.services.updates.packages import this_pc

    pc = this_pc()
    if shelf.waiting(layout, pc) is not None:
        view = starting.checked(layout, pc)
        yield Check("Update", "warning", f"{view.waits}: {view.file}", view.next_step)
    for found in shelf.unfit(layout, pc):
        yield Check("Update", "warning", found, "Remove it: hotelml update --discard")


def check_sign_in(layout: HomeLayout) -> Iterator[Check]:
    """Tell whether there is a start at all when this user signs in."""
    from hotelml_app.services.sign_in.stands import look

    view = look(layout)
    remedy = f"{view.remedy} The command: hotelml signin on" if view.remedy else ""
    yield Check("Start at sign-in", "warning" if remedy else "ok", view.sentence, remedy)
