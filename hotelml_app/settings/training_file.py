"""The file behind ``hotelml train --config``: training settings of some modules for one run."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pydantic import ValidationError

from hotelml_app.core.training_config import ModuleTrainingConfig
from hotelml_app.settings.errors import SettingsError
from hotelml_app.settings.files import check_modules, parse, read_text
from hotelml_app.settings.model import ModuleTraining, TrainingSettings
from hotelml_app.settings.sentences import sentences

_PREFIXES = (("training", "modules"), ("modules",))


def load_training_config(path: Path, known_modules: Iterable[str] = ()) -> dict[str, ModuleTrainingConfig]:
    """Return the training settings per module that a TOML file names.

    Tables are ``[modules.forecast]``, ``[training.modules.forecast]`` or just ``[forecast]``; ``minDataPoints`` and
    ``validationSplit`` may be written so. Raises SettingsError naming key, line and the nearest valid key.
    """
    path = Path(path)
    if not path.exists():
        raise SettingsError(f"The training file {path} does not exist.", remedy="Check the path after --config.")
    text = read_text(path)
    tables: object = parse(text, path)
    prefix: tuple[str, ...] = ()
    for candidate in _PREFIXES:
        if isinstance(tables, dict) and candidate[0] in tables:
            prefix = candidate
            _refuse_strays(tables[candidate[0]], candidate, path)
            for name in candidate:
                tables = tables.get(name, {}) if isinstance(tables, dict) else tables
            break
    return _validated(tables, prefix, known_modules, text, path)


def _refuse_strays(table: object, prefix: tuple[str, ...], path: Path) -> None:
    """Raise SettingsError for what stands in [training] and is none of its settings: nobody would look at it there."""
    known = TrainingSettings.model_fields
    stray = [name for name in table if name not in known] if len(prefix) > 1 and isinstance(table, dict) else []
    if stray:
        raise SettingsError(
            f"{path}: {prefix[0]}.{stray[0]} does not stand in the table of a module.",
            remedy="Write the settings of each module under its name, for example [training.modules.forecast].",
        )


def _validated(
    tables: object, prefix: tuple[str, ...], known_modules: Iterable[str], text: str, path: Path
) -> dict[str, ModuleTrainingConfig]:
    if not isinstance(tables, dict) or not all(isinstance(table, dict) for table in tables.values()):
        loose = [name for name, value in tables.items() if not isinstance(value, dict)] if isinstance(tables, dict) else []
        raise SettingsError(
            f"{path}: {', '.join(loose) or '.'.join(prefix)} does not stand in the table of a module.",
            remedy="Write the settings of each module under its name, for example [modules.forecast].",
        )
    check_modules(tables, known_modules, prefix, text, path)
    found = {}
    for name, table in tables.items():
        try:
            found[name] = ModuleTraining.model_validate(table).config()
        except ValidationError as error:
            raise SettingsError(
                f"{path}: {sentences(error, ModuleTraining, text, (*prefix, name))}", remedy="Correct the file and try again."
            ) from error
    return found
