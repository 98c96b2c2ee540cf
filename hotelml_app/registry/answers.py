"""Asking a module: the right model for the day, the plain rule where there is none, and a word of why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypeVar

from hotelml_app.core.jobs import CancelToken
from hotelml_app.core.json_values import json_ready
from hotelml_app.ml.contract import ModuleManifest, Prediction, PredictionRequest
from hotelml_app.ml.errors import DamagedModelError, UnreadableModelError
from hotelml_app.ml.onnx.sessions import LoadedModel
from hotelml_app.ml.onnx.trained import MadeBy
from hotelml_app.ml.property.property_data import PropertyData
from hotelml_app.modules import manifest as manifest_of
from hotelml_app.registry.errors import OutsideHorizonError
from hotelml_app.registry.lineage import why_none_answers, why_none_is_live, why_out_of_service
from hotelml_app.registry.registry import ModelRegistry
from hotelml_app.registry.run_options import options_of_run
from hotelml_app.registry.shelf import learned_until
from hotelml_app.store import Store
from hotelml_app.store.learned import predictions
from hotelml_app.store.learned.models import VersionRow
from hotelml_app.store.learned.predictions import PredictionRow

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class PredictionRun:
    """One module's answers as of one day. ``version`` is "" and ``made_by`` statistical where the plain rule answered."""

    property_id: int
    property_name: str
    module: str
    as_of: date
    horizon: int
    predictions: tuple[Prediction, ...]
    made_by: MadeBy
    version: str
    why: str

    def maker(self, prediction: Prediction) -> str:
        """Return what made one answer, as it is stored and written: own:VERSION, bundled:VERSION or statistical."""
        if prediction.made_by is MadeBy.STATISTICAL:
            return str(MadeBy.STATISTICAL)
        return f"{prediction.made_by}:{self.version}"


def predict(
    store: Store,
    registry: ModelRegistry,
    property_id: int,
    module: str,
    as_of: date | None = None,
    horizon: int | None = None,
    options: Mapping[str, object] | None = None,
    *,
    data: PropertyData | None = None,
    manifest: ModuleManifest | None = None,
    cancel: CancelToken | None = None,
    in_hindsight: bool = False,
) -> PredictionRun:
    """Return a module's answers for the ``horizon`` days after ``as_of`` (default: the module's newest day).

    ``options`` are what the user asks of this run; without them the kept ones hold (`run_options`).
    A model that learned from days after ``as_of`` is not asked, unless ``in_hindsight`` allows it where there is no other
    of the property's own. ``data`` spares a second load where the caller has it.
    Raises UnknownModuleError, OutsideHorizonError, NothingKnownError, Cancelled.
    """
    asked = manifest or manifest_of(module)
    days = _horizon(asked, horizon)
    known = _known(store, asked, property_id, as_of, data)
    wanted = options_of_run(store, asked, property_id, known.as_of, options)
    request = PredictionRequest(known, known.as_of, days, None, wanted, cancel or CancelToken())
    answers, model, refused = _answers(registry, asked, request, property_id, in_hindsight)
    return PredictionRun(
        property_id=property_id,
        property_name=known.facts.name,
        module=asked.name,
        as_of=known.as_of,
        horizon=days,
        predictions=tuple(answers),
        made_by=_mostly(answers, model),
        version=model.version if model is not None else "",
        why=_why(registry, asked, property_id, known.as_of, model, answers, refused),
    )


def store_predictions(store: Store, run: PredictionRun, now: datetime) -> int:
    """Keep a run, in place of an earlier one as of the same day, and return how many answers that were."""
    rows = [
        PredictionRow(run.as_of, one.target_date, one.key, run.maker(one), {k: json_ready(v) for k, v in one.values.items()})
        for one in run.predictions
    ]
    with store.write() as connection:
        return predictions.replace_run(connection, run.property_id, run.module, run.as_of, rows, now)


def _horizon(manifest: ModuleManifest, horizon: int | None) -> int:
    days = manifest.horizon_days if horizon is None else horizon
    if not 1 <= days <= manifest.max_horizon_days:
        raise OutsideHorizonError(
            f"{manifest.name} cannot look {days} days ahead.",
            remedy=f"Choose a horizon from 1 to {manifest.max_horizon_days} days.",
        )
    return days


def _known(
    store: Store, manifest: ModuleManifest, property_id: int, as_of: date | None, data: PropertyData | None
) -> PropertyData:
    """Return the property as known at the end of ``as_of``. Raises NothingKnownError, OutsideHorizonError."""
    if data is None:
        from hotelml_app.ml.property.reading import property_data

        data = property_data(store, property_id)
    data = manifest.data_of(data)
    day = as_of or data.as_of
    if day > data.as_of:
        raise OutsideHorizonError(
            f"{day} lies after {data.as_of}, the newest business date known of {data.facts.name}.",
            remedy=f"Choose {data.as_of} or an earlier day, or import a newer export.",
        )
    return data if day == data.as_of else data.at(day)


def _answers(
    registry: ModelRegistry, manifest: ModuleManifest, request: PredictionRequest, property_id: int, in_hindsight: bool
) -> tuple[list[Prediction], LoadedModel | None, DamagedModelError | None]:
    """Return answers, the model that gave them, and why another one that was asked before did not."""
    function = manifest.load(manifest.predict)
    refused: list[DamagedModelError] = []

    def ask(model: LoadedModel | None) -> tuple[list[Prediction], LoadedModel | None]:
        try:
            return list(function(replace(request, model=model))), model  # type: ignore[call-overload]
        except DamagedModelError as error:
            refused.append(error)
            raise

    found, model = by_live_model(registry, property_id, manifest.name, ask, request.as_of, in_hindsight=in_hindsight)
    return found, model, refused[-1] if refused else None


def by_live_model(
    registry: ModelRegistry,
    property_id: int,
    module: str,
    ask: Callable[[LoadedModel | None], Answer],
    as_of: date | None = None,
    *,
    in_hindsight: bool = False,
) -> Answer:
    """Ask the model that is live (None is the plain rule); one that proves damaged is taken out of service and the next asked."""
    while True:
        model = registry.live(property_id, module, as_of, in_hindsight=in_hindsight)
        try:
            return ask(model)
        except DamagedModelError as error:
            if model is None:
                raise
            registry.report_damage(property_id, module, model.version, error)
            if registry.live(property_id, module, as_of, in_hindsight=in_hindsight) is model:
                # Whoever may only read cannot take the model out of service, but can do without it.
                return ask(None)


def _mostly(answers: Sequence[Prediction], model: LoadedModel | None) -> MadeBy:
    """Return what made most of the answers; without any, what would have."""
    makers = Counter(one.made_by for one in answers)
    if makers:
        return makers.most_common(1)[0][0]
    return model.made_by if model is not None else MadeBy.STATISTICAL


def _spoke(model: LoadedModel, answers: Sequence[Prediction]) -> bool:
    """Tell whether a model made any of the answers; one brought along leaves them to the plain rule where that knows more."""
    return not answers or any(one.made_by is model.made_by for one in answers)


def _why_not_own(registry: ModelRegistry, champion: VersionRow | None, as_of: date, refused: DamagedModelError | None) -> str:
    """Return why a property's own model was not asked; whoever may only read leaves a damaged one in its place."""
    if champion is None:
        return "no model of this property's own is live"
    if learned_until(champion) > as_of:
        return f"the model learned from days after {as_of}"
    # What is right again by now could only not be read.
    return why_out_of_service(champion.version, refused or registry.problem(champion) or UnreadableModelError(""))


def _why(
    registry: ModelRegistry,
    manifest: ModuleManifest,
    property_id: int,
    as_of: date,
    model: LoadedModel | None,
    answers: Sequence[Prediction],
    refused: DamagedModelError | None,
) -> str:
    deployments, champion = registry.deployments(property_id, manifest.name), registry.champion(property_id, manifest.name)
    if model is not None and model.made_by is MadeBy.BUNDLED and _spoke(model, answers):
        source = str(model.card.get("learned_from", "other hotels"))
        has_versions = bool(registry.versions(property_id, manifest.name))
        none = why_none_answers(deployments, has_versions=has_versions)
        why = _why_not_own(registry, champion, as_of, refused) if champion is not None else none
        return f"Learned from {source}, brought along by HotelML: {why}."
    if model is not None and model.made_by is MadeBy.OWN:
        until = model.card.get("as_of") or model.card.get("data_until", "")
        return f"This property's own model {model.version}, learned from data up to {str(until)[:10]}."
    said = Counter(one.why for one in answers if one.why).most_common(1)
    if manifest.train is None:
        reason = f"{manifest.title} answers by its plain rule ({manifest.answers_by}); it does not learn yet."
    else:
        why = why_none_is_live(deployments) or _why_not_own(registry, champion, as_of, refused)
        reason = f"The plain rule ({manifest.answers_by}) answers: {why}."
    return f"{reason} {said[0][0]}" if said else reason
