"""Model versions of every property and module: which there are, which is live, and the way back."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from hotelml_app.core.clock import Clock
from hotelml_app.core.events import DeploymentChanged, EventBus, Settled, Warned
from hotelml_app.core.severity import Severity
from hotelml_app.ml.errors import DamagedModelError, OutdatedModelError, UnreadableModelError
from hotelml_app.ml.onnx.artifacts import read_artifact, verify_artifact
from hotelml_app.ml.onnx.sessions import LoadedModel
from hotelml_app.modules import title_of
from hotelml_app.registry import shelf
from hotelml_app.registry.bundled import BundledModels
from hotelml_app.registry.errors import DamagedVersionError, NothingToRollBackError, UnknownVersionError
from hotelml_app.registry.lineage import CHOSEN_BY_HAND, STATISTICAL_RULE, behind, why_out_of_service
from hotelml_app.registry.patience import Patience
from hotelml_app.registry.withdrawing import refuse_withdrawn
from hotelml_app.store import Store
from hotelml_app.store.corrected.joining import PART_OF
from hotelml_app.store.hotels import properties
from hotelml_app.store.learned import models
from hotelml_app.store.learned.models import UNFIT, DeploymentRow, VersionRow, VersionState

log = logging.getLogger(__name__)

_OPENED_AT_ONCE = 24
"""Opened models kept in memory; enough for six modules of a few properties."""

Signature = tuple[tuple[str, int, int], ...]


class ModelRegistry:
    """The one place that adds, promotes, opens and doubts model versions. Any thread may ask.

    Over a store that may only read it still finds the best sound version, but leaves the books to the writer.
    """

    def __init__(self, store: Store, models_dir: Path, clock: Clock, bus: EventBus, bundled: BundledModels | None = None) -> None:
        self._store, self._models_dir = store, models_dir
        self._clock, self._bus = clock, bus
        self.bundled = bundled or BundledModels(None)
        self._opened: dict[tuple[int, str, str], tuple[Signature, LoadedModel]] = {}
        self._patience = Patience(clock)
        self._lock = threading.Lock()

    def add(
        self,
        property_id: int,
        module: str,
        staged_folder: Path,
        *,
        state: VersionState = VersionState.CANDIDATE,
        verdict: str = "",
    ) -> str:
        """Make the model in ``staged_folder`` a version and return its name; the folder is gone afterwards.

        Folder and row come together or not at all. Raises DamagedModelError where the staged files are not sound.
        """
        now = self._clock.now()
        version = shelf.shelve(self._store, self._models_dir, property_id, module, staged_folder, state, verdict, now)
        shelf.prune(self._store, self._models_dir, property_id, module, version)
        return version

    def promote(self, property_id: int, module: str, version: str, reason: str = CHOSEN_BY_HAND) -> None:
        """Let a version answer from now on ("" is the plain rule).

        Raises UnknownVersionError, WithdrawnVersionError, DamagedVersionError where its files are not what was written, and
        UnreadableModelError where they cannot be read at this moment.
        """
        if version != STATISTICAL_RULE:
            row = self._row(property_id, module, version)
            refuse_withdrawn(row)
            problem = self.problem(row)
            if isinstance(problem, UnreadableModelError):
                raise problem
            if problem is not None:
                self._mark_damaged(row, problem.message)
                raise DamagedVersionError(
                    f"Version {version} of {module} cannot go live: {problem.message}",
                    remedy="Choose another version, or train the module again.",
                )
        self._deploy(property_id, module, version, reason, went_back=version == STATISTICAL_RULE)

    def rollback(self, property_id: int, module: str, reason: str = "") -> str:
        """Go back to what was live before, past damaged versions, and return it ("" is the plain rule).

        Raises NothingToRollBackError where no version is live.
        """
        line = behind(self.deployments(property_id, module))
        for version in line:
            row = self._find(property_id, module, version)
            if version != STATISTICAL_RULE and (row is None or not self._is_sound(row)):
                continue
            self._deploy(property_id, module, version, reason or "went back on request", went_back=True)
            return version
        raise NothingToRollBackError(
            f"{module} answers without a model of this property's own already; there is nothing earlier to go back to.",
            remedy="Train the module, or promote one of its versions.",
        )

    def live(self, property_id: int, module: str, as_of: date | None = None, *, in_hindsight: bool = False) -> LoadedModel | None:
        """Return the model that answers now, verified: the property's own, else the one brought along, else None.

        None means that the plain rule answers. With ``as_of``, return the newest model that passed its checks and knew
        nothing after that day. A damaged champion is marked, warned about and replaced by the last good version, or by what
        would answer without one. ``in_hindsight`` rather takes the one that is live than none of the property's own, though
        it learned from later days: whoever asks so has to say it.
        """
        own = self._own(property_id, module, as_of, in_hindsight)
        return own if own is not None else self.bundled.model(module, as_of)

    def let_go(self) -> None:
        """Forget the opened models; the next question opens them again."""
        with self._lock:
            self._opened.clear()
        self.bundled.let_go()

    def _own(self, property_id: int, module: str, as_of: date | None, in_hindsight: bool) -> LoadedModel | None:
        with self._store.read() as connection:
            champion = models.champion(connection, property_id, module)
        while champion is not None:
            if as_of is not None and shelf.learned_until(champion) > as_of:
                earlier = self._first_sound(self._earlier_versions(property_id, module, as_of))
                if earlier is not None or not in_hindsight:
                    return earlier
            try:
                return self._open(champion)
            except DamagedModelError as error:
                if not self._store.writable or self._patience.lasts(_key(champion), error):
                    return self._first_sound(self._once_live(champion, None if in_hindsight else as_of))
                champion = self._replace_damaged(champion, error)
        return None

    def report_damage(self, property_id: int, module: str, version: str, error: DamagedModelError) -> None:
        """Take note that a version failed while it was used; the next ``live`` gives the last good one.

        One that only cannot be read at this moment stays what it is.
        """
        if self._patience.lasts((property_id, module, version), error):
            log.warning("version %s of %s does not answer now: %s", version, module, error.message)
            return
        row = self._find(property_id, module, version)
        brought = self.bundled.model(module)
        if row is None and brought is not None and brought.version == version:
            self.bundled.doubt(module, error.message)
        if row is None or not self._store.writable:
            return
        if row.state is VersionState.CHAMPION:
            self._replace_damaged(row, error)
        else:
            self._mark_damaged(row, error.message)

    def versions(self, property_id: int | None = None, module: str | None = None) -> list[VersionRow]:
        """Return versions, newest first."""
        with self._store.read() as connection:
            return models.versions(connection, property_id, module)

    def deployments(self, property_id: int | None = None, module: str | None = None) -> list[DeploymentRow]:
        """Return what was live when, newest first."""
        with self._store.read() as connection:
            return models.deployments(connection, property_id, module)

    def champion(self, property_id: int, module: str) -> VersionRow | None:
        """Return the version that is live, unverified, or None."""
        with self._store.read() as connection:
            return models.champion(connection, property_id, module)

    def folder(self, row: VersionRow) -> Path:
        """Return where the files of a version lie."""
        return self._models_dir / row.folder

    def sweep(self) -> list[Path]:
        """Remove what a killed run left half-way among the versions; call it once, at the writer's start."""
        return shelf.sweep(self._store, self._models_dir)

    def _row(self, property_id: int, module: str, version: str) -> VersionRow:
        row = self._find(property_id, module, version)
        if row is None:
            known = ", ".join(one.version for one in self.versions(property_id, module)) or "none yet"
            raise UnknownVersionError(f"{module} has no version {version!r}.", remedy=f"Its versions: {known}.")
        return row

    def _find(self, property_id: int, module: str, version: str) -> VersionRow | None:
        with self._store.read() as connection:
            return models.version(connection, property_id, module, version)

    def _open(self, row: VersionRow) -> LoadedModel:
        key, signature = _key(row), _signature(self.folder(row))
        with self._lock:
            known = self._opened.get(key)
            if known is not None and known[0] == signature:
                return known[1]
        model = read_artifact(self.folder(row))
        self._patience.forget(key)
        with self._lock:
            self._opened[key] = (signature, model)
            while len(self._opened) > _OPENED_AT_ONCE:
                del self._opened[next(iter(self._opened))]
        return model

    def problem(self, row: VersionRow) -> DamagedModelError | None:
        """Return what is wrong with the files of a version at this moment, None where nothing is."""
        try:
            verify_artifact(self.folder(row))
        except DamagedModelError as error:
            return error
        return None

    def _is_sound(self, row: VersionRow) -> bool:
        """Check a version that may have to answer; a damaged one is marked."""
        if row.state in UNFIT:
            return False
        problem = self.problem(row)
        if problem is not None and self._store.writable and not isinstance(problem, UnreadableModelError):
            self._mark_damaged(row, problem.message)
        return problem is None

    def _first_sound(self, rows: Sequence[VersionRow]) -> LoadedModel | None:
        sound = next((row for row in rows if self._is_sound(row)), None)
        return self._open(sound) if sound is not None else None

    def _once_live(self, champion: VersionRow, as_of: date | None = None) -> list[VersionRow]:
        line = behind(self.deployments(champion.property_id, champion.module))
        found = [self._find(champion.property_id, champion.module, version) for version in line]
        return [row for row in found if row is not None and (as_of is None or shelf.learned_until(row) <= as_of)]

    def _earlier_versions(self, property_id: int, module: str, as_of: date) -> list[VersionRow]:
        passed = (VersionState.CHAMPION, VersionState.CHALLENGER, VersionState.RETIRED)
        known = self.versions(property_id, module)
        # One that came with another property learned from that part of the hotel alone.
        own = [row for row in known if row.state in passed and PART_OF not in row.card]
        fitting = [row for row in own if shelf.learned_until(row) <= as_of]
        return sorted(fitting, key=shelf.learned_until, reverse=True)

    def _mark_damaged(self, row: VersionRow, problem: str) -> None:
        log.warning("version %s of %s cannot be used: %s", row.version, row.module, problem)
        with self._store.write() as connection:
            models.set_state(connection, row.property_id, row.module, row.version, VersionState.DAMAGED)
        with self._lock:
            self._opened.pop(_key(row), None)

    def _replace_damaged(self, row: VersionRow, error: DamagedModelError) -> VersionRow | None:
        """Mark the champion as of no use, let the last good version answer, tell the user, and return who is live now."""
        with self._store.write() as connection:
            current = models.champion(connection, row.property_id, row.module)
            if current is None or current.version != row.version:
                return current
            self._mark_damaged(row, error.message)
            successor = next((one for one in self._once_live(row) if self._is_sound(one)), None)
            version = successor.version if successor is not None else STATISTICAL_RULE
            reason = why_out_of_service(row.version, error)
            models.deploy(connection, row.property_id, row.module, version, reason, self._clock.now())
            owner = properties.get(connection, row.property_id).name
        self._bus.publish(_out_of_service(owner, row.module, error, version))
        self._bus.publish(DeploymentChanged(owner, row.module, version, reason))
        return successor

    def _deploy(self, property_id: int, module: str, version: str, reason: str, *, went_back: bool = False) -> None:
        with self._store.write() as connection:
            owner = properties.get(connection, property_id).name
            models.deploy(connection, property_id, module, version, reason, self._clock.now())
        self._bus.publish(DeploymentChanged(owner, module, version, reason, went_back))
        self._bus.publish(Settled(_damage_key(owner, module)))


def _out_of_service(owner: str, module: str, error: DamagedModelError, version: str) -> Warned:
    """Return the warning that a model does not answer any more; ``version`` does in its place, "" is none of the property's."""
    outdated = isinstance(error, OutdatedModelError)
    answers = f"version {version} answers" if version else "HotelML answers without a model of this property's own"
    again = "Train the module again on the Models page"
    return Warned(
        key=_damage_key(owner, module),
        title=f"{error.title}: {title_of(module)}",
        message=f"{owner}: {error.message} Now {answers}.",
        remedy=f"{again}." if outdated else f"{again}; check the disk if this happens more than once.",
        severity=Severity.WARNING if outdated else Severity.FAILURE,
    )


def _damage_key(owner: str, module: str) -> str:
    """Return the key of the warning that a damaged model no longer answers; it stands until another one is made live."""
    return f"model-damaged:{owner}:{module}"


def _key(row: VersionRow) -> tuple[int, str, str]:
    return (row.property_id, row.module, row.version)


def _signature(folder: Path) -> Signature:
    """Return what changes when a file of the version does; empty where the folder is gone."""
    if not folder.is_dir():
        return ()
    stats = [(path.name, path.stat()) for path in sorted(folder.iterdir())]
    return tuple((name, stat.st_size, stat.st_mtime_ns) for name, stat in stats)
