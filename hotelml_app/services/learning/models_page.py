"""The Models page: per module what answers now, how good it is, and what the next training waits for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from hotelml_app.core.jobs import JobStage, JobView
from hotelml_app.ml.contract import ModuleManifest
from hotelml_app.ml.onnx.trained import MadeBy
from hotelml_app.modules import discover
from hotelml_app.registry.lineage import STATISTICAL_RULE, behind
from hotelml_app.services.asking.words import joined
from hotelml_app.services.exports.data_counts import count_points
from hotelml_app.services.learning.comparisons import comparison
from hotelml_app.services.learning.job_list import job_list
from hotelml_app.services.learning.made_by import answers_otherwise, made_by_view, recent_errors
from hotelml_app.services.learning.measure_words import figure, primary_measure, unit_then
from hotelml_app.services.learning.next_training import waits_for
from hotelml_app.services.learning.plain_rules import in_staff_words
from hotelml_app.services.learning.views import DeploymentView, ModelsView, ModuleView, VersionView
from hotelml_app.services.parts import Parts
from hotelml_app.settings.model import training_config
from hotelml_app.store.hotels.properties import PropertyRow
from hotelml_app.store.learned import jobs, models, predictions
from hotelml_app.store.learned.models import UNFIT, DeploymentRow, VersionRow, VersionState

CAN_GO_LIVE = (VersionState.CHALLENGER, VersionState.RETIRED, VersionState.CHAMPION)


def build(parts: Parts, row: PropertyRow) -> ModelsView:
    """Return the page of one property."""
    running = {job.module: job for job in job_list(parts) if job.property_name == row.name and not job.stage.final}
    cards = tuple(_module(parts, row, manifest, running.get(manifest.name)) for manifest in discover().values())
    return ModelsView(row.name, _sentence(cards), cards)


def _module(parts: Parts, row: PropertyRow, manifest: ModuleManifest, job: JobView | None) -> ModuleView:
    with parts.store.read() as connection:
        versions = models.versions(connection, row.id, manifest.name)
        deployments = models.deployments(connection, row.id, manifest.name)
        last = jobs.latest_finished(connection, row.id, manifest.name)
        trained = jobs.latest_finished(connection, row.id, manifest.name, JobStage.DONE)
        makers = predictions.makers(connection, row.id, manifest.name)
    champion = next((one for one in versions if one.state is VersionState.CHAMPION), None)
    measure = primary_measure(manifest, champion.card) if champion else None
    # A champion that has not been asked yet is what answers from now on; without one the last answers tell, unless it was
    # asked for them.
    outlived = champion is not None or any(one.startswith(f"{MadeBy.OWN}:") for one in makers)
    live = made_by_view(parts, row, manifest, champion, None if outlived else makers)
    points, config = count_points(parts, row, manifest), training_config(parts.settings, manifest.name)
    return ModuleView(
        name=manifest.name,
        title=manifest.title,
        question=manifest.question,
        live=live,
        live_since=deployments[0].live_from if deployments else None,
        measure_name=str(measure["name"]) if measure else manifest.primary_measure,
        measure=figure(measure, "value"),
        baseline_name=in_staff_words(manifest.baseline),
        baseline_measure=figure(measure, "baseline_value"),
        lower_is_better=manifest.lower_is_better,
        unit=unit_then(manifest, measure, row.currency),
        recent_errors=recent_errors(parts, row, manifest),
        last_trained=trained.finished_at if trained else None,
        last_result=in_staff_words(last.message) if last else "",
        waits_for=waits_for(parts, row, manifest, points, job),
        data_points=points,
        min_data_points=config.min_data_points,
        can_train=manifest.train is not None,
        job=job,
        versions=tuple(version_view(manifest, one) for one in versions),
        deployments=tuple(_deployment(one) for one in deployments),
        comparison=comparison(manifest, champion.card) if champion else None,
        back_to=_back_to(versions, deployments),
        otherwise=answers_otherwise(parts, row, manifest) if deployments else "",
    )


def _back_to(versions: Sequence[VersionRow], deployments: Sequence[DeploymentRow]) -> str | None:
    sound = {STATISTICAL_RULE, *(one.version for one in versions if one.state not in UNFIT)}
    return next((version for version in behind(deployments) if version in sound), None)


def version_view(manifest: ModuleManifest, row: VersionRow) -> VersionView:
    """Return what is shown of a model version."""
    card = row.card
    measure = primary_measure(manifest, card)
    assert row.created_at is not None, "the column is NOT NULL"
    notes = card.get("notes")
    return VersionView(
        version=row.version,
        created_at=row.created_at,
        state=str(row.state),
        kind=str(card.get("kind", "")),
        data_from=_day(card.get("data_from")),
        data_until=_day(card.get("data_until")),
        data_points=_whole(card.get("data_points")),
        size_bytes=_whole(card.get("size_bytes")),
        measure=figure(measure, "value"),
        baseline_measure=figure(measure, "baseline_value"),
        can_go_live=row.state in CAN_GO_LIVE,
        notes=tuple(in_staff_words(str(note)) for note in notes) if isinstance(notes, (list, tuple)) else (),
    )


def _deployment(row: DeploymentRow) -> DeploymentView:
    assert row.live_from is not None, "the column is NOT NULL"
    return DeploymentView(row.version, row.live_from, row.live_until, in_staff_words(row.reason))


def _sentence(cards: Sequence[ModuleView]) -> str:
    learned = [card.title for card in cards if card.live.kind == MadeBy.OWN]
    brought = [card.title for card in cards if card.live.kind == MadeBy.BUNDLED]
    if under_way := [card for card in cards if card.job is not None]:
        return _under_way(under_way)
    held_back = any(card.versions for card in cards)
    none = "No version that learned from your data is live" if held_back else "Nothing is learned from your data yet"
    if not learned and not brought:
        return f"{none}: every page answers by a plain rule{'' if held_back else ' until there is enough data'}."
    if len(brought) == len(cards):
        return f"{none}: every page answers by models that HotelML brings along."
    rules = [card.title for card in cards if card.title not in (*learned, *brought)]
    said = (("Learned from your own data", learned), ("Brought along by HotelML", brought), ("By a plain rule", rules))
    return " ".join(([] if learned else [f"{none}."]) + [f"{whence}: {joined(titles)}." for whence, titles in said if titles])


def _under_way(cards: Sequence[ModuleView]) -> str:
    """Return which trainings run and which wait for their turn: at most cores - 1 run at once."""
    training = [card.title for card in cards if card.job is not None and card.job.stage is JobStage.RUNNING]
    waiting = [card.title for card in cards if card.title not in training]
    said = (("Training now", training), ("Next to train", waiting))
    return " ".join(f"{what}: {joined(titles)}." for what, titles in said if titles)


def _day(value: object) -> date | None:
    return date.fromisoformat(value[:10]) if isinstance(value, str) and value else None


def _whole(value: object) -> int:
    return int(value) if isinstance(value, (int, float)) else 0
