"""The file behind ``hotelml predict --options``: what the user wants of a module's predictions."""

from __future__ import annotations

from pathlib import Path

from hotelml_app.ml.contract import ModuleManifest
from hotelml_app.services.asking.arguments import nearest
from hotelml_app.settings.errors import SettingsError
from hotelml_app.settings.files import parse, read_text


def read_options(path: Path | None, manifest: ModuleManifest) -> dict[str, object] | None:
    """Return the tables of a TOML file, None where none was given.

    Raises SettingsError where it cannot be read or holds a name that the module does not know, for it is a typo.
    """
    if path is None:
        return None
    if not path.exists():
        raise SettingsError(f"The options file {path} does not exist.", remedy="Check the path after --options.")
    told = dict(parse(read_text(path), path))
    unknown = next((name for name in told if manifest.options is not None and name not in manifest.options), None)
    if unknown is not None:
        known = manifest.options or ()
        remedy = f"{nearest(unknown, known)}Known are: {', '.join(known)}." if known else "Leave --options out."
        raise SettingsError(f"{path}: {manifest.name} has no option {unknown!r}.", remedy=remedy)
    return told
