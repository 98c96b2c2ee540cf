"""The program update that a hand-over file may bring along: checked as it is written, and used or told of as it is read."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from hotelml_app.core import held_files
from hotelml_app.core.jobs import CancelToken, no_progress
from hotelml_app.services.handover.manifest import UPDATE_FILE, Manifest
from hotelml_app.services.updates import shelf, sources, taking
from hotelml_app.services.updates.errors import UnsignedUpdateError, UpdateError
from hotelml_app.services.updates.fitting import refuse_not_newer, refuse_other_platform
from hotelml_app.services.updates.installing import view_of
from hotelml_app.services.updates.packages import this_pc
from hotelml_app.services.updates.signature import SUFFIX, Statement
from hotelml_app.services.updates.views import BroughtUpdate
from hotelml_app.settings.home import HomeLayout


@dataclass(frozen=True)
class Brings:
    """A package that is to travel along: what its file and its signature are called in the hand-over file."""

    version: str
    files: Sequence[tuple[str, Path]]

    @classmethod
    def checked(cls, package: Path, cancel: CancelToken) -> Brings:
        """Return a package once all of it was checked; it may be no newer than this HotelML, for the other PC's may be older.

        Raises UpdateError where it is not signed, altered, or for another kind of PC.
        """
        package = sources.package_beside(package)
        with taking.disk_told(package), sources.opened(package) as source:
            refuse_other_platform(source.statement, this_pc())
            sources.read_whole(source, no_progress, cancel, "Checking the update")
            name = f"{sources.FOLDER}/{source.statement.name}"
            signature = package.with_name(f"{package.name}{SUFFIX}")
            return cls(source.statement.version, ((name, package), (f"{name}{SUFFIX}", signature)))


@dataclass(frozen=True)
class Brought:
    """An update that was unpacked with the rest of a hand-over file; ``problem`` says why it is not used."""

    folder: Path
    statement: Statement | None
    problem: str = ""

    @classmethod
    def in_folder(cls, folder: Path, manifest: Manifest, layout: HomeLayout, cancel: CancelToken) -> Brought | None:
        """Check what was unpacked into ``folder``, whose parts have the checksums of the manifest; None where no update is."""
        names = _names(manifest)
        if not names:
            return None
        place, pc = folder / sources.FOLDER, this_pc()
        package = next((place / one for one in names if not one.endswith(SUFFIX)), place / "package")
        try:
            if sorted(names) != [package.name, f"{package.name}{SUFFIX}"]:
                raise UnsignedUpdateError("It is no package with its signature; it is not used.", remedy="Write the file anew.")
            with sources.opened(package) as source:
                said = source.statement
                refuse_other_platform(said, pc)
                refuse_not_newer(said, pc)
                shelf.refuse_older_than_waiting(layout, said, pc)
                sources.read_whole(source, no_progress, cancel, "Checking the update")
        except UpdateError as error:
            return cls(place, None, error.message)
        held_files.rename(package, place / said.name)
        held_files.rename(package.with_name(f"{package.name}{SUFFIX}"), place / f"{said.name}{SUFFIX}")
        return cls(place, said)

    def settle(self, layout: HomeLayout) -> BroughtUpdate:
        """Let the update wait where it fits, and return what to tell of it; nothing of it stays among the hotel's own files."""
        if self.statement is None:
            shutil.rmtree(self.folder, ignore_errors=True)
            return BroughtUpdate("", False, f"Its program update: {self.problem}")
        package = shelf.put(layout, self.folder, self.statement)
        view = view_of(self.statement, package)
        if self.folder.exists():
            # The same one waited already. What a scanner holds of it goes with the folder it was unpacked in.
            shutil.rmtree(self.folder, ignore_errors=True)
        return BroughtUpdate(view.version, True, f"It brought {view.title}, which waits to be installed.", view.next_step)


def look_at_brought(path: Path, manifest: Manifest) -> BroughtUpdate | None:
    """Return what a hand-over file says of the update in it, whose bytes are not read yet; None where it brings none."""
    if not _names(manifest):
        return None
    try:
        view = taking.look(path)
        if view.sha256 not in {part.sha256 for part in manifest.parts if UPDATE_FILE.fullmatch(part.name)}:
            raise sources.altered(f"HotelML {view.version}")
    except UpdateError as error:
        return BroughtUpdate("", False, f"Its program update: {error.message}")
    return BroughtUpdate(view.version, True, f"It brings {view.title} as an update, which will wait to be installed.")


def _names(manifest: Manifest) -> list[str]:
    return [part.name.rpartition("/")[2] for part in manifest.parts if UPDATE_FILE.fullmatch(part.name)]
