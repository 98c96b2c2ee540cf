"""Backtests already run, kept in the home: the same question about the same data is answered at once.

One JSON file each in ``cache``, named by what the answer rests on: the data, the settings, the module and HotelML itself.
They may be deleted at any time.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from typing import Any

from hotelml_app.core.clock import Clock
from hotelml_app.core.json_values import json_ready
from hotelml_app.ml.contract import ModuleManifest
from hotelml_app.services.errors import FileNotWrittenError
from hotelml_app.services.files.written_files import replacing
from hotelml_app.services.parts import Parts, stand_of
from hotelml_app.settings.model import training_config
from hotelml_app.store.decided import data_settings
from hotelml_app.store.decided.staff_decisions import EVENTS
from hotelml_app.store.hotels.properties import PropertyRow

log = logging.getLogger(__name__)

KEPT = 60
"""Files; the oldest make room."""


@dataclass(frozen=True)
class KeptEvaluations:
    """The files of one home."""

    folder: Path
    clock: Clock

    def get(self, name: str) -> dict[str, Any] | None:
        """Return a leaderboard with ``judged_at``, or None where it is not there or cannot be read."""
        try:
            kept = json.loads((self.folder / f"{name}.json").read_text(encoding="utf-8"))
            datetime.fromisoformat(kept["judged_at"])
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError) as error:
            log.warning("the kept evaluation %s cannot be read and is made anew: %s", name, error)
            return None
        return dict(kept)

    def put(self, name: str, board: Mapping[str, Any]) -> dict[str, Any]:
        """Keep a leaderboard and return it with ``judged_at``. Where the home cannot be written it is only returned."""
        kept = {**board, "judged_at": self.clock.now().isoformat()}
        try:
            with replacing(self.folder / f"{name}.json") as file:
                json.dump(kept, file, ensure_ascii=False)
            for old in sorted(self.folder.glob("*.json"), key=lambda path: path.stat().st_mtime)[:-KEPT]:
                old.unlink()
        except (FileNotWrittenError, OSError) as error:
            log.warning("the evaluation %s is not kept: %s", name, error)
        return kept

    def remembered(self, name: str, judge: Callable[[], Mapping[str, Any]], again: bool) -> dict[str, Any]:
        """Return what is kept under a name with ``kept`` true, or judge and keep it; ``again`` judges in any case."""
        known = None if again else self.get(name)
        return {**known, "kept": True} if known is not None else {**self.put(name, judge()), "kept": False}


def name_of(parts: Parts, manifest: ModuleManifest, row: PropertyRow, as_of: date) -> str:
    """Return the name of an evaluation: another one as soon as anything it rests on is another."""
    with parts.store.read() as connection:
        events = data_settings.get(connection, EVENTS, [], row.id)
    brought = parts.registry.bundled.model(manifest.name, as_of)
    rests_on = {
        "program": version("hotelml"),
        "manifest": manifest,
        "config": training_config(parts.settings, manifest.name),
        "property": (row.id, row.created_at, stand_of(parts.store, row)),
        "as_of": as_of,
        "events": events,
        "brought along": brought.version if brought is not None else "",
    }
    text = json.dumps(json_ready(rests_on), sort_keys=True)
    return f"evaluation-{manifest.name}-{blake2b(text.encode('utf-8'), digest_size=10).hexdigest()}"
