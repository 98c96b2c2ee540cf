"""The home: the one folder where a hotel's data lives, and what lies where in it."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from hotelml_app.core.paths import shown, unquoted, whole
from hotelml_app.settings.errors import HomeError

ENVIRONMENT_NAME = "HOTELML_HOME"

SHELVES = ("processed", "duplicates", "failed")
"""The folders in a drop folder where files end: read, known already, and not read."""

_NETWORK_FILE_SYSTEMS = {
    *("nfs", "nfs4", "cifs", "smb2", "smb3", "smbfs", "afs", "afpfs", "webdav", "davfs", "ncpfs", "ceph", "glusterfs", "lustre"),
    *("fuse.sshfs", "fuse.davfs", "fuse.rclone", "fuse.gvfsd-fuse", "fuse.smbnetfs", "fuse.glusterfs", "fuse.s3fs", "fuse.ceph"),
}
_DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10))}
"""What no folder may be called on Windows."""

_REMOTE_DRIVE = 4
"""DRIVE_REMOTE of the Windows call GetDriveType."""


def default_home() -> Path:
    """Return the home: HOTELML_HOME where it is set, else the user's data folder of this system. Raises UsageError."""
    chosen = unquoted(os.environ.get(ENVIRONMENT_NAME, ""))
    if chosen:
        return whole(chosen)
    return users_own_home()


def users_own_home() -> Path:
    """Return this user's data folder of HotelML: the home where nothing names another."""
    import platformdirs

    return Path(platformdirs.user_data_dir("HotelML", appauthor=False))


def slug(name: str) -> str:
    """Return a folder name for a property: plain, the same on every system, different for different names."""
    import re
    import unicodedata
    from hashlib import blake2b

    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii").lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40].strip("-")
    if words and words not in _DEVICES and name.casefold() == words.replace("-", " "):
        return words
    # Something was lost (accents, signs, length): without a mark two names could meet in one folder.
    mark = blake2b(name.casefold().encode("utf-8"), digest_size=4).hexdigest()
    return f"{words or 'property'}-{mark}"


@dataclass(frozen=True)
class HomeLayout:
    """What lies where in a home."""

    home: Path

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return self.home / "hotelml.db"

    @property
    def settings_file(self) -> Path:
        """The settings."""
        return self.home / "settings.toml"

    @property
    def secrets_file(self) -> Path:
        """Passwords of notification channels; only this user may read it."""
        return self.home / "secrets.json"

    @property
    def drop(self) -> Path:
        """The default drop folder."""
        return self.home / "drop"

    @property
    def models(self) -> Path:
        """Model versions: ``models/<property>/<module>/<version>``."""
        return self.home / "models"

    @property
    def staging(self) -> Path:
        """Where training leaves what is not a version yet."""
        return self.home / "staging"

    @property
    def backups(self) -> Path:
        """Copies of the database."""
        return self.home / "backups"

    @property
    def cache(self) -> Path:
        """What can be computed again."""
        return self.home / "cache"

    @property
    def logs(self) -> Path:
        """Log files."""
        return self.home / "logs"

    @property
    def run(self) -> Path:
        """What only matters while HotelML runs: the lock, the API's address, journals."""
        return self.home / "run"

    @property
    def handover(self) -> Path:
        """What a hand-over file brought and waits for the next start, and what such files took the place of."""
        return self.home / "handover"

    @property
    def updates(self) -> Path:
        """Program updates that were checked and wait to be installed."""
        return self.home / "updates"

    @property
    def api_file(self) -> Path:
        """Where the running appliance tells how to talk to it."""
        return self.run / "api.json"

    @property
    def own_folders(self) -> tuple[Path, ...]:
        """The folders in which nobody but HotelML puts anything."""
        return (self.models, self.staging, self.backups, self.cache, self.logs, self.run, self.handover, self.updates)

    def drop_folder(self, configured: str = "") -> Path:
        """Return the drop folder a setting means: "" is the default, a relative path lies below the home."""
        chosen = configured.strip()
        return self.home / Path(chosen).expanduser() if chosen else self.drop

    def prepare(self) -> None:
        """Make the folders. Raises HomeError on a network drive and where they cannot be made."""
        refuse_network_drive(self.home)
        for folder in (self.home, self.drop, self.models, self.staging, self.backups, self.logs, self.run):
            try:
                folder.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise HomeError(
                    f"The data folder {folder} cannot be made ({error.strerror or error}).",
                    remedy="Give the user that runs HotelML the right to write there, or choose another folder with --home.",
                ) from error


def refuse_network_drive(home: Path) -> None:
    """Raise HomeError where ``home`` lies on a network drive: SQLite cannot keep data safe there."""
    if is_on_network_drive(home):
        raise HomeError(
            f"The data folder {home} is on a network drive, where the database could be damaged.",
            remedy="Choose a folder on this PC's own disk with --home; the drop folder may stay on the network.",
        )


def is_on_network_drive(path: Path) -> bool:
    """Return whether ``path`` is known to be on a network drive; False where this system does not tell."""
    # Path.resolve() would turn a mapped Windows drive into its share.
    absolute = Path(shown(os.path.abspath(path)))  # noqa: PTH100
    if str(absolute).startswith(("\\\\", "//")):
        return True
    if sys.platform == "win32":
        import ctypes

        drive: int = ctypes.windll.kernel32.GetDriveTypeW(absolute.anchor)
        return drive == _REMOTE_DRIVE
    return _file_system_of(absolute) in _NETWORK_FILE_SYSTEMS


def _file_system_of(path: Path) -> str:
    """Return the kind of file system that ``path`` lies on, in the system's own name, or ""."""
    import psutil

    real = path.resolve()
    around = [part for part in psutil.disk_partitions(all=True) if real.is_relative_to(part.mountpoint)]
    # Of two mounts on one point the later one is what programs see.
    nearest = max(enumerate(around), key=lambda item: (len(item[1].mountpoint), item[0]), default=None)
    return str(nearest[1].fstype).lower() if nearest is not None else ""
