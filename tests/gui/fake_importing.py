"""The Data page of the invented appliance, and files that it reads or asks about."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import fake_files
import fake_views

from hotelml_app.core.events import EventBus, ImportFinished
from hotelml_app.core.jobs import CancelToken, ProgressCallback, no_progress
from hotelml_app.services.exports import mapping_views
from hotelml_app.services.exports.data_views import DataView, ExportCheckView, ImportView, WaitingFileView


class FakeImporting:
    """The part of the invented appliance that imports."""

    _answer: Callable[..., Any]
    said: list[tuple[object, ...]]
    names: list[str]
    events: EventBus

    def import_nothing(self) -> None:
        self.imported_into: list[str | None] = []
        self.waiting: tuple[WaitingFileView, ...] = ()
        self.proposals: dict[str, mapping_views.MappingProposalView] = {}
        self.trials: dict[str, mapping_views.DryRunView] = {}
        self.checks: tuple[ExportCheckView, ...] = ()

    def data(self, property_name: str) -> DataView:
        return self._answer("data", lambda: fake_views.data(property_name, self.waiting, self.checks))

    def import_files(
        self,
        paths: Sequence[Path],
        property_name: str | None = None,
        progress: ProgressCallback = no_progress,
        cancel: CancelToken | None = None,
    ) -> tuple[ImportView, ...]:
        def read() -> tuple[ImportView, ...]:
            progress(0.5, f"Reading {paths[0].name}")
            self.said.append(("import", *paths))
            self.imported_into.append(property_name)
            self.events.publish(ImportFinished(101, paths[0].name, "done", tuple(self.names), 1200, 0))
            if cancel is not None:
                cancel.check()
            done = replace(fake_views.imported(0), file_name=paths[0].name)
            asked = replace(fake_views.imported(0, "failed"), question="Which column is the arrival?")
            return tuple(replace(asked if path.name in self.proposals else done, file_name=path.name) for path in paths)

        return self._answer("import_files", read)

    def propose_mapping(
        self, path: Path, property_name: str = "", cancel: CancelToken | None = None
    ) -> mapping_views.MappingProposalView:
        return self._answer("propose_mapping", lambda: self.proposals[path.name])

    def dry_run(
        self,
        path: Path,
        mapping: Mapping[str, object] | None = None,
        property_name: str = "",
        cancel: CancelToken | None = None,
    ) -> mapping_views.DryRunView:
        def read() -> mapping_views.DryRunView:
            self.said.append(("dry run", path.name, mapping))
            return self.trials.get(path.name) or fake_files.trial(path.name)

        return self._answer("dry_run", read)

    def import_mapped(
        self,
        path: Path,
        mapping: Mapping[str, object],
        property_name: str = "",
        progress: ProgressCallback = no_progress,
        cancel: CancelToken | None = None,
    ) -> ImportView:
        def read() -> ImportView:
            progress(0.5, f"Storing {path.name}")
            self.said.append(("import mapped", path, mapping, property_name))
            if cancel is not None:
                cancel.check()
            self.waiting = tuple(one for one in self.waiting if one.path != str(path))
            return replace(fake_views.imported(0), file_name=path.name)

        return self._answer("import_mapped", read)

    def rescan(self) -> None:
        self._answer("rescan", lambda: None)

    def original_of(self, import_id: int) -> Path:
        return self._answer("original_of", lambda: Path(f"/srv/hotelml/exports/processed/import-{import_id}.csv"))

    def retry_failed(self, file_name: str, overruled: int = 0, number: int = 0) -> None:
        self._answer("retry_failed", lambda: self.said.append(("overrule", overruled) if overruled else ("retry", file_name)))
