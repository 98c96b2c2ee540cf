"""Two properties that are one hotel, put together: what was known of the one that knows less becomes part of the other."""

from __future__ import annotations

import sqlite3

from hotelml_app.core.events import ImportFinished
from hotelml_app.core.jobs import CancelToken, ProgressCallback, no_progress
from hotelml_app.core.json_values import json_ready
from hotelml_app.intake import one_hotel
from hotelml_app.intake.errors import OtherNumbersError
from hotelml_app.services.asking.arguments import Arguments
from hotelml_app.services.asking.choose_property import chosen
from hotelml_app.services.backups.on_request import backup_to
from hotelml_app.services.errors import OtherNumbersInBothError, SamePropertyError, TwoHotelsError, WrongWayRoundError
from hotelml_app.services.exports.reactions import judge_past_predictions
from hotelml_app.services.home.settings_page import know_set_up
from hotelml_app.services.parts import Parts
from hotelml_app.services.properties.at_work import refuse_at_work
from hotelml_app.services.properties.both_or_neither import both_or_neither
from hotelml_app.services.properties.merge_views import Merged, MergeSide, MergeView
from hotelml_app.settings.model import Settings
from hotelml_app.settings.one_property import as_one
from hotelml_app.store.exported import bookings, imports, reviews, statistics
from hotelml_app.store.hotels import former_names
from hotelml_app.store.hotels.properties import PropertyRow
from hotelml_app.store.learned import models
from hotelml_app.store.told import warnings


def answer_compare(parts: Parts, arguments: Arguments, progress: ProgressCallback, cancel: CancelToken) -> dict[str, object]:
    """Say what would happen; nothing is changed."""
    view = compare(parts, arguments.needed("gone"), arguments.needed("stays"), new_numbers=arguments.flag("new_numbers"))
    _refuse_wrong_way(parts, view, arguments.needed("gone"))
    return _told(view)


def answer_merge(parts: Parts, arguments: Arguments, progress: ProgressCallback, cancel: CancelToken) -> dict[str, object]:
    """Put two properties together and say what was done."""
    said = arguments.flag("new_numbers")
    done = merge(parts, arguments.needed("gone"), arguments.needed("stays"), progress, new_numbers=said)
    if not parts.started:
        judge_past_predictions(parts)
    return {**_told(done.view), "merged": True, "backup": done.backup, "bookings": done.bookings, "sentence": done.sentence}


def _told(view: MergeView) -> dict[str, object]:
    fields = json_ready(view)
    assert isinstance(fields, dict), "a view has fields"
    return {**fields, "lines": list(view.lines), "merged": False}


def compare(parts: Parts, one: str, other: str, *, new_numbers: bool = False) -> MergeView:
    """Return what putting two properties together would do: the one that knows less becomes part of the other.

    ``new_numbers`` says that bookings of the same nights are the same ones under new numbers.
    Raises SamePropertyError, UnknownPropertyError.
    """
    (named,), (second,) = chosen(parts.store, one), chosen(parts.store, other)
    if named.id == second.id:
        raise SamePropertyError(f"{named.name} is one property already.", remedy="Name two: hotelml properties lists them.")
    with parts.store.read() as connection:
        gone, stays = _by_weight(connection, named, second)
        compared = one_hotel.compare(connection, gone.id, stays.id, new_numbers=new_numbers)
        return _view(connection, gone, stays, compared, parts, said=new_numbers)


def merge(
    parts: Parts, gone_name: str, stays_name: str, progress: ProgressCallback = no_progress, *, new_numbers: bool = False
) -> Merged:
    """Put two properties together: all of it or nothing, and the database is copied first.

    Raises SamePropertyError, UnknownPropertyError, WrongWayRoundError, TwoHotelsError, OtherNumbersInBothError,
    PropertyAtWorkError, and StoreError or SettingsError, after which everything is as it was.
    """
    view = compare(parts, gone_name, stays_name, new_numbers=new_numbers)
    _refuse_wrong_way(parts, view, gone_name)
    _refuse_doubtful(view)
    (gone,), (stays,) = chosen(parts.store, view.gone.name), chosen(parts.store, view.stays.name)
    with parts.store.read() as connection:
        refuse_at_work(connection, gone, stays)
    progress(0.0, "Copying the database")
    backup = backup_to(parts, None)
    if parts.collector is not None:
        parts.collector.flush()
    progress(0.4, f"Putting {gone.name} and {stays.name} together")
    number, view = _join(parts, gone, stays, said=new_numbers)
    _follow(parts, gone, stays, number, view)
    progress(1.0, "Put together")
    return Merged(view, str(backup), view.gone.bookings + view.stays.bookings - view.both)


def _join(parts: Parts, gone: PropertyRow, stays: PropertyRow, *, said: bool) -> tuple[int, MergeView]:
    """Change the database and the settings, both or neither."""
    with both_or_neither(parts) as connection:
        refuse_at_work(connection, gone, stays)
        # An import may have come while the database was copied.
        compared = one_hotel.compare(connection, gone.id, stays.id, new_numbers=said)
        view = _view(connection, gone, stays, compared, parts, said=said)
        _refuse_doubtful(view)
        former_names.keep_merged(connection, gone, stays.id, parts.clock.now())
        number = one_hotel.join(connection, gone.id, stays.id, compared, parts.clock.now())
        warnings.clear_all_of(connection, gone.id, gone.name, parts.clock.now())
        if parts.settings.property(gone.name) is not None:
            parts.change_settings(lambda settings: _settings(settings, gone, stays))
    return number, view


def _follow(parts: Parts, gone: PropertyRow, stays: PropertyRow, number: int, view: MergeView) -> None:
    """Have everything that works beside follow: what is kept in memory, the watched folders, predictions, the window."""
    for one in (gone, stays):
        parts.memory.forget(one.id)
    if parts.trainer is not None:
        parts.trainer.use_settings(parts.settings)
    know_set_up(parts)
    parts.folders.apply(parts.settings)
    parts.bus.publish(ImportFinished(number, gone.name, imports.JOINED, (stays.name,), view.gone.bookings, 0))


def _by_weight(connection: sqlite3.Connection, one: PropertyRow, other: PropertyRow) -> tuple[PropertyRow, PropertyRow]:
    """Return the one that goes and the one that stays; of equals the first named goes."""
    heavier = _side(connection, one).weight > _side(connection, other).weight
    return (other, one) if heavier else (one, other)


def _side(connection: sqlite3.Connection, row: PropertyRow) -> MergeSide:
    return MergeSide(
        row.name,
        bookings.count(connection, row.id),
        reviews.count(connection, row.id),
        statistics.count_nights(connection, row.id),
        row.business_date,
        row.currency or "",
    )


def _view(
    connection: sqlite3.Connection,
    gone: PropertyRow,
    stays: PropertyRow,
    compared: one_hotel.Compared,
    parts: Parts,
    *,
    said: bool,
) -> MergeView:
    theirs, ours = (parts.settings.property(one.name) for one in (gone, stays))
    folders = [str(parts.layout.drop_folder(one.drop_folder)) for one in (theirs, ours) if one is not None]
    return MergeView(
        gone=_side(connection, gone),
        stays=_side(connection, stays),
        both=len(compared.pairs),
        alike=compared.alike,
        numbered_anew=len(compared.own) + len(compared.renumbered) - compared.taking_theirs,
        models=len(models.versions(connection, gone.id)),
        unwatched=folders[0] if len(set(folders)) > 1 else "",
        problem=_problem(gone, stays, compared),
        again=compared.again.count,
        numbers_of=(gone if compared.taking_theirs else stays).name,
        left=compared.again.left,
        later=(gone if compared.again.later == gone.id else stays).name,
        numbers_unsure=compared.unsure is not None and not compared.look_like_two,
        numbers_said=said,
    )


def _problem(gone: PropertyRow, stays: PropertyRow, compared: one_hotel.Compared) -> str:
    """Return why the two are not put together, "" where they are."""
    if compared.look_like_two:
        told = f"Of {compared.by_number:,} booking numbers known in both, only {compared.alike:,} mean the same stay."
        return f"They look like two hotels. {told}"
    if compared.unsure is None:
        return ""
    if isinstance(compared.unsure, OtherNumbersError):
        told = f"{compared.unsure.alike:,} of {compared.unsure.rows:,} bookings are, but for their numbers, the same in both"
        return f"{told}, and others to come are not. If they are the same ones, each of them would count twice."
    return (
        f"For the nights of {compared.unsure.alike:,} of the {compared.unsure.known:,} bookings to come both have bookings, but "
        "under other numbers and at other prices. If they are the same ones, nearly every booking would count twice."
    )


def _refuse_wrong_way(parts: Parts, view: MergeView, gone_name: str) -> None:
    (named,) = chosen(parts.store, gone_name)
    if view.gone.name == named.name:
        return
    raise WrongWayRoundError(
        f"{view.stays.name} knows more than {view.gone.name} ({view.stays.bookings:,} bookings against "
        f"{view.gone.bookings:,}), and its settings and models should stay.",
        remedy=f'Put the other into it: hotelml properties merge "{view.gone.name}" "{view.stays.name}"',
    )


def _refuse_doubtful(view: MergeView) -> None:
    if view.numbers_unsure:
        raise OtherNumbersInBothError(
            f"{view.gone.name} is not put together with {view.stays.name}. {view.problem}",
            remedy="Nothing was changed. If a new PMS has numbered the bookings anew, say in the settings that they are the same "
            f'ones, or run: hotelml properties merge --new-numbers "{view.gone.name}" "{view.stays.name}"',
        )
    if view.problem:
        raise TwoHotelsError(
            f"{view.gone.name} is not put together with {view.stays.name}. {view.problem}",
            remedy="Nothing was changed. Where they are one, drop an export with all bookings under one name.",
        )


def _settings(settings: Settings, gone: PropertyRow, stays: PropertyRow) -> Settings:
    """Return the settings of one property; what the database knows of the one that stays is not told otherwise."""
    joined = as_one(settings, gone.name, stays.name)
    known = {name: told for name in ("country", "currency") if (told := getattr(stays, name))}
    if settings.property(stays.name) is not None or not known:
        return joined
    changed = tuple(one.model_copy(update=known) if one.name == stays.name else one for one in joined.properties)
    return joined.model_copy(update={"properties": changed})
