"""``hotelml export``: the live models as ONNX with their model cards, checked against their checksums."""

from __future__ import annotations

import shutil
from pathlib import Path

from hotelml_app.core import held_files
from hotelml_app.core.errors import UsageError
from hotelml_app.core.jobs import CancelToken, ProgressCallback
from hotelml_app.ml.onnx.artifacts import CARD, verify_artifact
from hotelml_app.modules import discover
from hotelml_app.modules import manifest as manifest_of
from hotelml_app.services.asking.arguments import Arguments
from hotelml_app.services.asking.choose_property import chosen
from hotelml_app.services.asking.words import joined
from hotelml_app.services.errors import FileNotWrittenError, NothingToExportError
from hotelml_app.services.files.own_files import refuse_own
from hotelml_app.services.parts import Parts
from hotelml_app.settings.home import slug


def answer(parts: Parts, arguments: Arguments, progress: ProgressCallback, cancel: CancelToken) -> dict[str, object]:
    """Copy the champions to ``output/<property>/<module>``; a module that answers by its plain rule has nothing to copy.

    Raises NothingToExportError where no module has.
    """
    output = arguments.path("output")
    if output is None:
        raise UsageError("output is missing.", remedy="Name the folder with --output DIR.")
    refuse_own(parts.layout, output, folder=True)
    named = arguments.text("module")
    manifests = [manifest_of(named)] if named else list(discover().values())
    registry = parts.registry
    written, notes = [], []
    rows = chosen(parts.store, arguments.text("property"))
    for row in rows:
        for manifest in manifests:
            cancel.check()
            champion = registry.champion(row.id, manifest.name)
            if champion is None:
                notes.append(f"{row.name}, {manifest.name}: no model of its own is live, there is nothing to copy.")
                continue
            source = registry.folder(champion)
            verify_artifact(source)
            target = output / slug(row.name) / manifest.name
            _copy(source, target)
            files = sorted(path.name for path in target.iterdir())
            written.append(
                {"property": row.name, "module": manifest.name, "version": champion.version, "folder": target, "files": files}
            )
    if not written:
        which = f"{joined([one.name for one in manifests])} of {joined([row.name for row in rows])}"
        raise NothingToExportError(
            f"Nothing was exported to {output}: no model of its own is live for {which}.",
            remedy="Train first (hotelml train); models that HotelML brings along are not copied.",
        )
    return {"output": output, "models": written, "notes": notes}


def _copy(source: Path, target: Path) -> None:
    """Put a copy in the place of what was exported before, whole or not at all."""
    partial = target.with_name(f".{target.name}.partial")
    former = target.with_name(f".{target.name}.former")
    if target.exists() and not (target / CARD).is_file():
        raise FileNotWrittenError(
            f"{target} already exists and was not exported by HotelML.", remedy="Name another folder with --output."
        )
    try:
        _tidy(partial, former, target)
        target.parent.mkdir(parents=True, exist_ok=True)
        partial.mkdir()
        for file in source.iterdir():
            shutil.copyfile(file, partial / file.name)
        if target.exists():
            held_files.rename(target, former)
        held_files.rename(partial, target)
    except OSError as error:
        raise FileNotWrittenError(
            f"{target} could not be written ({error.strerror or error}).",
            remedy="Check that there is room, that you may write there and that no other program works in it, and try again.",
        ) from error
    finally:
        # Who stops the command for the second time ends it wherever it is.
        _tidy(partial, former, target)


def _tidy(partial: Path, former: Path, target: Path) -> None:
    """Remove what an export left half done, and put back what it had moved away and not replaced."""
    shutil.rmtree(partial, ignore_errors=True)
    if former.exists() and not target.exists():
        held_files.rename(former, target)
    shutil.rmtree(former, ignore_errors=True)
