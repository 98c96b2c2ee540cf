"""What ``hotelml doctor`` finds about models: the live ones of every property, and those that HotelML brings along."""

from __future__ import annotations

from collections.abc import Iterator

from hotelml_app.core.clock import SystemClock
from hotelml_app.core.errors import HotelMLError
from hotelml_app.services.asking.words import count
from hotelml_app.services.doctor.finding import Check
from hotelml_app.settings.home import HomeLayout


def check_models(layout: HomeLayout) -> Iterator[Check]:
    """Compare the files of the live models with their checksums, and name modules whose model was taken out of service."""
    from hotelml_app.ml.onnx.artifacts import verify_artifact
    from hotelml_app.registry.lineage import why_was_taken_out
    from hotelml_app.store import Store
    from hotelml_app.store.learned import models
    from hotelml_app.store.learned.models import VersionState

    if not layout.database.exists():
        return
    with Store.open(layout.database, SystemClock(), writer=False) as store, store.read() as connection:
        versions, deployments = models.versions(connection), models.deployments(connection)
    rows = [row for row in versions if row.state is VersionState.CHAMPION]
    sound = 0
    for row in rows:
        name = f"Model {row.module} {row.version}"
        try:
            verify_artifact(layout.models / row.folder)
            sound += 1
        except HotelMLError as error:
            yield Check(name, "problem", error.message, error.remedy)
    answered = {(row.property_id, row.module) for row in rows}
    for row in versions:
        if row.state is VersionState.DAMAGED and (row.property_id, row.module) not in answered:
            answered.add((row.property_id, row.module))
            own = [one for one in deployments if (one.property_id, one.module) == (row.property_id, row.module)]
            found = f"{why_was_taken_out(row.version, own)}; no other version answers in its place"
            yield Check(f"Model {row.module} {row.version}", "warning", found, "Train this module again.")
    yield Check("Models", "ok", f"{count(sound, 'live model')} checked against the checksums" if sound else "none is live")


def check_models_brought_along() -> Iterator[Check]:
    """Compare the models that HotelML brings along with their checksums."""
    from hotelml_app.registry.bundled import BundledModels, bundled_folder

    folder = bundled_folder()
    if folder is None:
        remedy = "Set HotelML up again; until a property has a model of its own, plain rules answer."
        yield Check("Models brought along", "warning", "none", remedy)
        return
    sound = []
    for module, problem in BundledModels(folder).check():
        if problem:
            remedy = "Set HotelML up again; until then the plain rule answers in its place."
            yield Check(f"Model brought along for {module}", "warning", problem, remedy)
        else:
            sound.append(module)
    yield Check("Models brought along", "ok", f"{', '.join(sound)}: checked against the checksums" if sound else "none is sound")
