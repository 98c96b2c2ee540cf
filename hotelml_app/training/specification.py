"""What a training process is told: one JSON file in its staging folder."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from hotelml_app.core.training_config import ModuleTrainingConfig
from hotelml_app.ml.contract import ModuleManifest

FILE_NAME = "SPEC.json"
ARTIFACT = "artifact"
"""Folder beside the specification where the process leaves the model."""


@dataclass(frozen=True)
class TrainingSpecification:
    """One training run. ``as_of`` None is the business date.

    ``champion`` is the folder of the property's live model, ``bundled`` that of the model brought along; None without one.
    """

    database: Path
    folder: Path
    property_id: int
    manifest: ModuleManifest
    config: ModuleTrainingConfig
    as_of: date | None = None
    champion: Path | None = None
    bundled: Path | None = None
    threads: int = 1
    seed: int = 7
    card: Mapping[str, Any] = field(default_factory=dict)

    @property
    def artifact(self) -> Path:
        """Where the model is to be written."""
        return self.folder / ARTIFACT

    def write(self) -> Path:
        """Write the specification into its folder and return the file."""
        fields = asdict(self) | {
            "database": str(self.database),
            "folder": str(self.folder),
            "as_of": self.as_of.isoformat() if self.as_of else None,
            "champion": str(self.champion) if self.champion else None,
            "bundled": str(self.bundled) if self.bundled else None,
        }
        path = self.folder / FILE_NAME
        path.write_text(json.dumps(fields, ensure_ascii=False, indent=1, default=dict), encoding="utf-8")
        return path

    @classmethod
    def read(cls, path: Path) -> TrainingSpecification:
        """Return what ``write`` wrote."""
        fields = json.loads(path.read_text(encoding="utf-8"))
        manifest = fields["manifest"] | {"columns": tuple(fields["manifest"]["columns"])}
        return cls(
            database=Path(fields["database"]),
            folder=Path(fields["folder"]),
            property_id=fields["property_id"],
            manifest=ModuleManifest(**manifest),
            config=ModuleTrainingConfig(**fields["config"]),
            as_of=date.fromisoformat(fields["as_of"]) if fields["as_of"] else None,
            champion=Path(fields["champion"]) if fields["champion"] else None,
            bundled=Path(fields["bundled"]) if fields.get("bundled") else None,
            threads=fields["threads"],
            seed=fields["seed"],
            card=fields["card"],
        )
