"""``hotelml doctor``: everything HotelML needs, checked one by one, with what to do about what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from hotelml_app.core.clock import SystemClock
from hotelml_app.core.errors import HotelMLError
from hotelml_app.core.json_values import json_ready
from hotelml_app.core.property_names import folded
from hotelml_app.services.asking.home_owner import owning_process, running
from hotelml_app.services.asking.words import bytes_of, count
from hotelml_app.services.doctor.check_folders import check_disk, check_drop_folders, check_home
from hotelml_app.services.doctor.check_models import check_models, check_models_brought_along
from hotelml_app.services.doctor.check_program import check_display, check_packages
from hotelml_app.services.doctor.check_starts import check_next_start, check_sign_in, check_update
from hotelml_app.services.doctor.finding import Check
from hotelml_app.services.exports.data_views import ExportCheckView
from hotelml_app.settings.home import HomeLayout


def check_health(layout: HomeLayout) -> dict[str, object]:
    """Look at everything; one failing check does not stop the others. Nothing is changed."""
    exports = checked_exports(layout)
    checks = [
        *_guarded("Python and packages", check_packages),
        *_guarded("Display", check_display),
        *_guarded("Home", lambda: check_home(layout)),
        *_guarded("Disk", lambda: check_disk(layout)),
        *_guarded("Running", lambda: _running(layout)),
        *_guarded("Next start", lambda: check_next_start(layout)),
        *_guarded("Update", lambda: check_update(layout)),
        *_guarded("Start at sign-in", lambda: check_sign_in(layout)),
        *_guarded("Settings", lambda: _settings(layout)),
        *_guarded("Database", lambda: _database(layout)),
        *_guarded("Models", lambda: check_models(layout)),
        *_guarded("Models brought along", check_models_brought_along),
        *_guarded("Notifications", lambda: _channels(layout)),
        *_guarded("Drop folders", lambda: check_drop_folders(layout)),
        *map(_export, exports),
        *_guarded("Log", lambda: _log(layout)),
    ]
    return {
        "home": str(layout.home),
        "healthy": all(check.state != "problem" for check in checks),
        "checks": json_ready(checks),
        "exports": json_ready(exports),
    }


def checked_exports(layout: HomeLayout) -> list[ExportCheckView]:
    """Return what the export doctor found in the last export of every layout of every property; nothing where it cannot look."""
    from hotelml_app.services.exports.export_health import export_checks
    from hotelml_app.store import Store
    from hotelml_app.store.hotels import properties

    try:
        if not layout.database.exists():
            return []
        with Store.open(layout.database, SystemClock(), writer=False) as store:
            with store.read() as connection:
                rows = properties.all(connection)
            return [check for row in rows for check in export_checks(store, row)]
    except (HotelMLError, OSError):
        # The check of the database says what is wrong with it.
        return []


def _guarded(name: str, look: Callable[[], Iterator[Check]]) -> Iterator[Check]:
    """Turn what a check trips over into its finding."""
    try:
        yield from look()
    except HotelMLError as error:
        yield Check(name, "problem", error.message, error.remedy)
    except OSError as error:
        place = f" ({error.filename})" if error.filename else ""
        yield Check(
            name, "problem", f"{error.strerror or error}{place}", "Check that it is there and that this user may read it."
        )
    except ValueError as error:
        yield Check(name, "problem", f"{type(error).__name__}: {error}", "See the log in the home's logs folder.")


def _running(layout: HomeLayout) -> Iterator[Check]:
    other = running(layout)
    if other is not None:
        yield Check("Running", "ok", "HotelML runs on this home and answers")
        return
    owner = owning_process(layout)
    if owner is not None and layout.api_file.exists():
        remedy = "Ask as the user it belongs to; if that is you, look at its window, or end it where it hangs."
        yield Check("Running", "warning", f"process {owner} works on this home, but does not answer this user", remedy)
    elif owner is not None:
        yield Check("Running", "ok", f"a command works on this home (process {owner})")
    elif layout.api_file.exists():
        yield Check("Running", "ok", "not running; it was not shut down in order last time, which does no harm")
    else:
        yield Check("Running", "ok", "not running")


def _settings(layout: HomeLayout) -> Iterator[Check]:
    from hotelml_app.modules import discover
    from hotelml_app.settings.files import load

    settings = load(layout.home, discover())
    found = f"{count(len(settings.properties), 'property', 'properties')} set up" if settings.properties else "defaults"
    yield Check("Settings", "ok", found)
    known = _known_properties(layout)
    for one in settings.properties:
        # Before the first export nothing can be compared.
        if known and folded(one.name) not in map(folded, known):
            found = f"there is no data for a property of that name; known: {', '.join(known)}"
            remedy = "If you mean one of these, write it in the settings exactly like that; otherwise wait for its first export."
            yield Check(f"Settings of {one.name}", "warning", found, remedy)


def _known_properties(layout: HomeLayout) -> list[str]:
    from hotelml_app.store import Store
    from hotelml_app.store.hotels import properties

    if not layout.database.exists():
        return []
    try:
        with Store.open(layout.database, SystemClock(), writer=False) as store, store.read() as connection:
            return [row.name for row in properties.all(connection)]
    except HotelMLError:
        # The check of the database says what is wrong with it.
        return []


def _database(layout: HomeLayout) -> Iterator[Check]:
    from hotelml_app.services.handover.exchange import refuse_cut_off
    from hotelml_app.store import Store

    refuse_cut_off(layout)
    if not layout.database.exists():
        yield Check("Database", "warning", "there is none yet", "It is made by the first import.")
        return
    with Store.open(layout.database, SystemClock(), writer=False) as store:
        wrong = store.check()
        size = bytes_of(store.size_bytes())
    remedy = "Put back the newest good backup: hotelml backup --list, then hotelml restore FILE"
    yield Check("Database", "problem" if wrong else "ok", "; ".join(wrong) or f"sound, {size}", remedy if wrong else "")


def _channels(layout: HomeLayout) -> Iterator[Check]:
    """Tell how the channels did lately; nothing is sent to find out."""
    from hotelml_app.services.channels.stands import channel_views
    from hotelml_app.settings.files import load
    from hotelml_app.settings.secrets import read_secrets
    from hotelml_app.store import Store

    rules = load(layout.home).notifications
    if not (rules.email.enabled or rules.webhook.enabled):
        yield Check("Notifications", "ok", "no e-mail or webhook is set up; nothing leaves this PC")
        return
    read_secrets(layout)
    if not layout.database.exists():
        return
    with Store.open(layout.database, SystemClock(), writer=False) as store:
        views = [one for one in channel_views(store, rules) if one.enabled]
    for one in views:
        remedy = f"Try it with: hotelml notify test --channel {one.name}" if one.trouble else ""
        yield Check(one.title, "warning" if one.trouble else "ok", one.sentence, remedy)


def _export(export: ExportCheckView) -> Check:
    urgent = [one for one in export.findings if one.wants_person]
    found = " ".join(one.sentence for one in urgent or export.findings) or "as the ones before it"
    remedy = " ".join(dict.fromkeys(one.remedy for one in urgent if one.remedy))
    name = f"Last export of {export.property_name}"
    return Check(name, "warning" if urgent else "ok", f"{export.title}, {export.business_date}: {found}", remedy)


def _log(layout: HomeLayout) -> Iterator[Check]:
    files = sorted(layout.logs.glob("*.log*")) if layout.logs.is_dir() else []
    yield Check("Log", "ok", f"{layout.logs}, {bytes_of(sum(file.stat().st_size for file in files))}")
