"""The settings file: read with every mistake named, written all or nothing."""

from __future__ import annotations

import os
import re
import shutil
import tomllib
from collections.abc import Iterable
from pathlib import Path

from pydantic import ValidationError

from hotelml_app.core import held_files
from hotelml_app.core.paths import never_ends
from hotelml_app.settings.by_hand import with_both
from hotelml_app.settings.errors import SettingsError
from hotelml_app.settings.home import SHELVES, HomeLayout
from hotelml_app.settings.model import Settings
from hotelml_app.settings.sentences import nearest, sentences, where
from hotelml_app.settings.upgrades import Tables, upgrade

FILE_NAME = "settings.toml"

_HEAD = """\
# HotelML settings. The window writes this file (comments are not kept; the former file is settings.toml.bak).
# Windows paths in single quotes: drop_folder = 'D:\\PMS\\exports'

"""


def load(home: Path, known_modules: Iterable[str] = ()) -> Settings:
    """Return the settings of a home; without a file, the defaults.

    Raises SettingsError naming key, line and the nearest valid key; the file is never changed by reading it. With
    ``known_modules`` the module names under ``training.modules`` are checked as well.
    """
    path = home / FILE_NAME
    if not path.exists():
        return Settings()
    text = read_text(path)
    tables = upgrade(parse(text, path))
    try:
        settings = Settings.model_validate(tables)
    except ValidationError as error:
        raise SettingsError(f"{path}: {sentences(error, Settings, text)}", remedy="Correct the file and try again.") from error
    check_modules(settings.training.modules, known_modules, ("training", "modules"), text, path)
    refuse_folders(home, settings)
    return settings


def save(home: Path, settings: Settings, before: Settings | None = None) -> Path:
    """Write the settings of a home all or nothing and return the file; the former one stays as ``settings.toml.bak``.

    Raises SettingsError where the settings are not valid, and where the present file is not: what a person wrote there
    by hand is not overwritten. With ``before``, from which ``settings`` were made, neither is what was written there since.
    """
    checked = _checked(settings.model_dump())
    present = load(home)
    if before is not None and (home / FILE_NAME).exists():
        checked = _checked(with_both(_checked(before.model_dump()), checked, present))
    refuse_folders(home, checked)
    path = home / FILE_NAME
    try:
        _replace(path, written(checked))
    except OSError as error:
        raise SettingsError(
            f"{path} cannot be written ({error.strerror or error}); the former settings still hold.",
            remedy="Check that there is room on the disk and that this user may write in the folder.",
        ) from error
    return path


def _checked(tables: Tables) -> Settings:
    try:
        return Settings.model_validate(tables)
    except ValidationError as error:
        raise SettingsError(sentences(error, Settings, ""), remedy="Nothing was saved.") from error


def refuse_folders(home: Path, settings: Settings) -> None:
    """Raise SettingsError where a drop folder is the home or one of its own folders: their files would be taken for exports.

    So are two names of one folder, and the folder where another property's files end: each would take what is the other's.
    """
    layout = HomeLayout(home)
    names: dict[Path, tuple[str, Path]] = {}
    for one in settings.properties:
        try:
            folder = layout.drop_folder(one.drop_folder)
            real = real_path(folder)
        except (ValueError, RuntimeError) as error:
            raise SettingsError(
                f"The drop folder {one.drop_folder!r} of {one.name} cannot be a folder ({error}).",
                remedy="Choose another folder.",
            ) from error
        if real == home.resolve() or any(real.is_relative_to(own.resolve()) for own in layout.own_folders):
            raise SettingsError(
                f"The folder {folder} holds HotelML's own data; it cannot be the drop folder of {one.name}.",
                remedy=f"Choose another folder, for example {layout.drop}.",
            )
        other, written_as = names.setdefault(real, (one.name, folder))
        if written_as != folder:
            raise SettingsError(
                f"{folder}, the drop folder of {one.name}, is the same folder as {written_as}, which is that of {other}.",
                remedy="Give both the same name if the exports say whose they are, or each a folder of its own.",
            )
    for real, (name, folder) in names.items():
        if os.path.normcase(real.name) in SHELVES and real.parent in names:
            raise SettingsError(
                f"{folder}, the drop folder of {name}, is where the files that {names[real.parent][0]} dropped end.",
                remedy="Choose a folder of its own.",
            )
    for what, named in (("backups", settings.backup.copy_to), ("reports", settings.report.folder)):
        if named:
            _refuse_own_and_drops(layout, named, (*names, layout.drop.resolve()), what)


def real_path(folder: Path) -> Path:
    """Return the one name of a folder; where the system will not look it up, its whole path.

    A Windows share that wants a password answers every question with an error; the settings must be read all the same.
    """
    try:
        return folder.resolve()
    except OSError:
        return folder.absolute()


def _refuse_own_and_drops(layout: HomeLayout, named: str, drops: Iterable[Path], what: str) -> None:
    """Raise SettingsError where a folder that HotelML writes to would lie in the home, or its files be taken for exports."""
    elsewhere = "on another disk" if what == "backups" else "of its own"
    remedy = f"Choose a folder {elsewhere}, or leave it empty."
    try:
        folder = Path(named).expanduser()
        real = real_path(folder)
    except (ValueError, RuntimeError) as error:
        raise SettingsError(f"The folder for {what} {named!r} cannot be a folder ({error}).", remedy=remedy) from error
    if not folder.is_absolute():
        raise SettingsError(f"The folder for {what} {named!r} does not say where it lies; write its whole path.", remedy=remedy)
    if real.is_relative_to(layout.home.resolve()):
        raise SettingsError(f"The folder for {what} {folder} lies in HotelML's own data folder.", remedy=remedy)
    if any(real.is_relative_to(drop) for drop in drops):
        raise SettingsError(
            f"The folder for {what} {folder} lies in a drop folder, where a file would be taken for an export.", remedy=remedy
        )


def _replace(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f"{path.name}.partial")
    try:
        with partial.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            shutil.copyfile(path, path.with_name(f"{path.name}.bak"))
        held_files.replace(partial, path)
    finally:
        held_files.removed(partial)


def written(settings: Settings) -> str:
    """Return the settings as the text of a settings file, one table per property."""
    import tomli_w

    tables = settings.model_dump(mode="json", exclude_none=True)
    properties = tables.pop("properties")
    blocks = [f"[[properties]]\n{tomli_w.dumps(one)}" for one in properties]
    return "\n".join([_HEAD + tomli_w.dumps(tables), *blocks])


def read_text(path: Path) -> str:
    """Return the text of a settings file, with or without a byte order mark. Raises SettingsError."""
    try:
        if never_ends(path):
            raise SettingsError(f"{path} is a pipe or a device.", remedy="Save the settings as a file and name that.")
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path} is not written in UTF-8.", remedy="Save it again as UTF-8 in your editor.") from error
    except OSError as error:
        raise SettingsError(
            f"{path} cannot be read ({error.strerror or error}).", remedy="Check the path and that this user may read the file."
        ) from error


def parse(text: str, path: Path) -> Tables:
    """Return the tables of a TOML text. Raises SettingsError with the line of the mistake."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path} is not valid TOML: {error}.", remedy=_remedy_for(str(error), text)) from error


def _remedy_for(mistake: str, text: str) -> str:
    """Return what to do about a mistake in a TOML text, which tells the line it stands on."""
    if "Cannot declare" in mistake or "overwrite" in mistake:
        return "Each [table] and each name in it stands once: put what belongs together into one."
    found = re.search(r"at line (\d+)", mistake)
    line = text.splitlines()[int(found[1]) - 1 : int(found[1])] if found else text.splitlines()
    windows_path = " Write Windows paths in single quotes: 'D:\\PMS\\exports'." if any("\\" in one for one in line) else ""
    return f"Correct that line.{windows_path}"


def check_modules(names: Iterable[str], known: Iterable[str], table: tuple[str, ...], text: str, path: Path) -> None:
    """Raise SettingsError for a module that does not exist, naming the nearest one; without ``known`` check nothing."""
    known = sorted(known)
    for name in names:
        if known and name not in known:
            close = nearest(name, known)
            hint = f"Did you mean {close}?" if close else f"There are: {', '.join(known)}."
            raise SettingsError(f"{path}: there is no module {name}{where(text, (*table, name))}.", remedy=hint)
