"""Moving and removing whole folders, so that a version is there completely or not at all."""

from __future__ import annotations

import logging
import shutil
from pathlib import Path

from hotelml_app.core import held_files
from hotelml_app.registry.errors import ModelFolderError

log = logging.getLogger(__name__)


def move(source: Path, target: Path) -> None:
    """Rename a folder within one disk; a leftover at ``target`` is removed first. Raises ModelFolderError."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists():
        remove(target)
    try:
        held_files.replace(source, target)
    except OSError as error:
        raise _cannot_write(target, error) from error


def remove(folder: Path) -> bool:
    """Remove a folder or file; one that cannot be removed now is logged and left to the next sweep."""
    try:
        if folder.is_dir() and not folder.is_symlink():
            shutil.rmtree(folder)
        else:
            folder.unlink(missing_ok=True)
    except OSError as error:
        log.warning("%s cannot be removed now and is left to the next start: %s", folder, error)
        return False
    return True


def sweep_staging(staging: Path, prefix: str) -> list[Path]:
    """Remove what interrupted trainings left behind and return it; caches beside it stay."""
    return [folder for folder in sorted(staging.glob(f"{prefix}*")) if remove(folder)]


def sweep_models(models: Path, known: set[Path]) -> list[Path]:
    """Remove version folders ``models/<property>/<module>/<version>`` that no row speaks of, and return them."""
    strays = [folder for folder in sorted(models.glob("*/*/*")) if folder not in known]
    return [folder for folder in strays if remove(folder)]


def _cannot_write(target: Path, error: OSError) -> ModelFolderError:
    return ModelFolderError(
        f"The new model cannot be put into {target} ({error.strerror or error}).",
        remedy="Check that there is room on the disk and that this user may write there; then train again.",
    )
