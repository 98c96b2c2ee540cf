"""What in a home is HotelML's own, and where exports are dropped: nothing that is asked for may be written there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from hotelml_app.services.asking.arguments import Arguments
from hotelml_app.services.errors import FileNotWrittenError
from hotelml_app.settings.files import load, real_path
from hotelml_app.settings.home import SHELVES, HomeLayout


def refuse_own(layout: HomeLayout, target: Path, *, backups_too: bool = True, folder: bool = False) -> None:
    """Raise FileNotWrittenError where ``target`` is database, settings or secrets, or in a folder HotelML keeps for itself.

    So it does for a drop folder and where its files end; ``folder`` says that ``target`` is to hold what is written.
    """
    refuse_drops(layout, target if folder else target.resolve().parent, target)
    real = target.resolve()
    folders = [one for one in layout.own_folders if backups_too or one != layout.backups]
    database = layout.database.resolve()
    aside = f"{database.stem}-replaced-"
    is_database = real.parent == database.parent and real.name.startswith((database.name, aside))
    files = (layout.settings_file.resolve(), layout.secrets_file.resolve())
    if is_database or real in files or any(real.is_relative_to(one.resolve()) for one in folders):
        raise FileNotWrittenError(
            f"{target} belongs to HotelML's own data, which must not be written over.",
            remedy=f"Choose a place outside {layout.home}.",
        )


def refuse_drops(layout: HomeLayout, folder: Path, target: Path) -> None:
    """Raise FileNotWrittenError where ``folder``, in which ``target`` is to lie, is a drop folder or one where its files end."""
    real = real_path(folder)
    drop = next((one for one, watched in _drops(layout) if real_path(watched) == real), None)
    if drop is not None:
        raise FileNotWrittenError(
            f"{target} is not written: in the drop folder {drop} it would be taken for an export of the PMS.",
            remedy="Name another folder.",
        )


def _drops(layout: HomeLayout) -> Iterator[tuple[Path, Path]]:
    """Yield each drop folder with itself, and with each folder that its files end in."""
    for drop in {layout.drop, *(layout.drop_folder(one.drop_folder) for one in load(layout.home).properties)}:
        yield drop, drop
        yield from ((drop, drop / shelf) for shelf in SHELVES)


def output_path(layout: HomeLayout, arguments: Arguments) -> Path | None:
    """Return the file that ``out`` names, or None. Raises UsageError, FileNotWrittenError."""
    out = arguments.path("out")
    if out is not None:
        refuse_own(layout, out)
    return out
