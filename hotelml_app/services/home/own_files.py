"""What in a home is HotelML's own: nothing that is asked for may be written over it."""

from __future__ import annotations

from pathlib import Path

from hotelml_app.services.asking.arguments import Arguments
from hotelml_app.services.errors import FileNotWrittenError
from hotelml_app.settings.home import HomeLayout


def refuse_own(layout: HomeLayout, target: Path, *, backups_too: bool = True) -> None:
    """Raise FileNotWrittenError where ``target`` is database, settings or secrets, or in a folder HotelML keeps for itself."""
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


def output_path(layout: HomeLayout, arguments: Arguments) -> Path | None:
    """Return the file that ``out`` names, or None. Raises UsageError, FileNotWrittenError."""
    out = arguments.path("out")
    if out is not None:
        refuse_own(layout, out)
    return out
