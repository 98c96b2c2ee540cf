"""Backups and originals of the invented appliance."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TypeVar

from fake_views import CITY, RESORT

from hotelml_app.core.events import EventBus, ImportFinished, PropertyRenamed
from hotelml_app.core.jobs import CancelToken, ProgressCallback, no_progress
from hotelml_app.services.backups.views import BackupsView, BackupView
from hotelml_app.services.channels.views import ChannelsView, ChannelView
from hotelml_app.services.exports.data_views import ShelfView
from hotelml_app.services.exports.taking_back_views import KnownView, TakeBackView, TakenBack
from hotelml_app.services.handover.views import HandoverView, Written
from hotelml_app.services.properties.merge_views import Merged, MergeSide, MergeView
from hotelml_app.services.properties.rename_property import Renamed
from hotelml_app.services.properties.views import PropertyView
from hotelml_app.services.sign_in.views import SignInState, SignInView
from hotelml_app.services.updates.views import UpdateView
from hotelml_app.settings.channels import EmailSettings, WebhookSettings
from hotelml_app.settings.model import Settings
from hotelml_app.settings.one_property import renamed
from hotelml_app.settings.secrets import shown_url

Answer = TypeVar("Answer")


WAITS_IN = "/home/front office/.local/share/HotelML/updates/0.2.0-5fe1b7a1c0ffee42/hotelml_0.2.0_amd64.deb"
COMMAND = f"sudo dpkg -i '{WAITS_IN}'"
UPDATE = UpdateView(
    "0.2.0",
    "linux-x86_64",
    181_300_000,
    "5f" * 32,
    WAITS_IN,
    f"Have the database copied first, then run: {COMMAND}",
    f"Quit HotelML, then run: {COMMAND}",
    COMMAND,
)


class FakeKeeping:
    said: list[tuple[object, ...]]
    kept: Settings
    names: list[str]
    facts: dict[str, PropertyView]
    events: EventBus

    def keep_nothing(self) -> None:
        self.kept_backups = BackupsView("/srv/hotelml/backups", ())
        self.originals: tuple[ShelfView, ...] = ()
        self.kept_secrets: dict[str, str] = {}
        self.sealed = False
        self.look_like_two = ""
        self.numbers_unsure = ""
        self.update: UpdateView | None = None
        self.offered = UPDATE
        self.sign_in = SignInView(SignInState.OFF, "HotelML does not start when you sign in.")
        self.stands: tuple[ChannelView, ...] = (ChannelView("email", "E-mail", False), ChannelView("webhook", "Webhook", False))

    def look_at_taking_back(self, import_id: int) -> TakeBackView:
        def look() -> TakeBackView:
            known = KnownView(CITY, 66_131, 66_035, 0, 0, date(2016, 8, 31), date(2016, 8, 30))
            return TakeBackView(import_id, "wrong.csv", (known,), ("later.csv",), (), ("Forecast",), ())

        return self._answer("look_at_taking_back", look)

    def take_back(self, import_id: int) -> TakenBack:
        def undo() -> TakenBack:
            self.said.append(("take back", import_id))
            return TakenBack(self.look_at_taking_back(import_id), ("later.csv",))

        return self._answer("take_back", undo)

    def compare_properties(self, one: str, other: str, *, new_numbers: bool = False) -> MergeView:
        gone, stays = sorted((one, other))
        bookings = {CITY: 66_128, RESORT: 8}
        sides = [MergeSide(name, bookings.get(name, 20), 0, 0, date(2016, 8, 31)) for name in (gone, stays)]
        sides.sort(key=lambda side: side.weight)
        unsure = bool(self.numbers_unsure) and not new_numbers
        view = MergeView(*sides, 5, 5, 0, 0, problem=self.numbers_unsure if unsure else self.look_like_two)
        view = replace(view, again=5 * new_numbers, numbers_of=gone, numbers_unsure=unsure, numbers_said=new_numbers)
        return self._answer("compare_properties", lambda: view)

    def merge_properties(self, gone: str, stays: str, *, new_numbers: bool = False) -> Merged:
        def join() -> Merged:
            self.said.append(("merge", gone, stays, *(["new numbers"] if new_numbers else [])))
            view = self.compare_properties(gone, stays, new_numbers=new_numbers)
            self.names.remove(gone)
            self.events.publish(ImportFinished(9, gone, "joined", (stays,), 8, 0))
            return Merged(view, "/srv/hotelml/backups/before.db", 66_131)

        return self._answer("merge_properties", join)

    def rename_property(self, old: str, new: str) -> Renamed:
        def rename() -> Renamed:
            self.said.append(("rename", old, new))
            self.names[self.names.index(old)] = new
            self.facts[new] = replace(self.facts.pop(old), name=new)
            self.kept = renamed(self.kept, old, new)
            self.events.publish(PropertyRenamed(old, new))
            return Renamed(old, new)

        return self._answer("rename_property", rename)

    def backups(self) -> BackupsView:
        return self._answer("backups", lambda: self.kept_backups)

    def back_up(self, target: Path | None = None) -> BackupsView:
        def make() -> BackupsView:
            self.said.append(("back up", target))
            if target is None:
                made = BackupView("/srv/hotelml/backups/now.db", datetime(2016, 9, 1, 4, 0, tzinfo=UTC), 48_300_000)
                self.kept_backups = replace(self.kept_backups, backups=(made, *self.kept_backups.backups))
            return self.kept_backups

        return self._answer("back_up", make)

    def put_back_next(self, backup: Path) -> BackupsView:
        def choose() -> BackupsView:
            self.said.append(("put back", backup))
            made_at = next(one.made_at for one in self.kept_backups.backups if Path(one.path) == backup)
            self.kept_backups = replace(self.kept_backups, waiting=made_at)
            return self.kept_backups

        return self._answer("put_back_next", choose)

    def keep_present(self) -> BackupsView:
        self.kept_backups = replace(self.kept_backups, waiting=None, waiting_handover=False)
        return self._answer("keep_present", lambda: self.kept_backups)

    def hand_over(
        self,
        target: Path,
        passphrase: str,
        progress: ProgressCallback = no_progress,
        cancel: CancelToken | None = None,
        update: Path | None = None,
    ) -> Written:
        def write() -> Written:
            progress(0.5, "Packing: 24 MB of 48 MB")
            if cancel is not None:
                cancel.check()
            self.said.append(("hand over", target, passphrase, *([update] if update else [])))
            return Written(target, 24_000_000, 6, bool(passphrase), "0.2.0" if update else "")

        return self._answer("hand_over", write)

    def look_at_handover(self, path: Path) -> HandoverView:
        named = (("City Hotel", "2016-08-31"),)
        made_at = datetime(2016, 9, 1, 4, 0, tzinfo=UTC)
        return self._answer(
            "look_at_handover", lambda: HandoverView(str(path), named, made_at, "0.1.0", 6, 24_000_000, self.sealed)
        )

    def take_over_next(
        self, path: Path, passphrase: str, progress: ProgressCallback = no_progress, cancel: CancelToken | None = None
    ) -> BackupsView:
        def take() -> BackupsView:
            self.said.append(("take over", path, passphrase))
            waiting = datetime(2016, 9, 1, 4, 0, tzinfo=UTC)
            self.kept_backups = replace(self.kept_backups, waiting=waiting, waiting_handover=True)
            return self.kept_backups

        return self._answer("take_over_next", take)

    def waiting_update(self) -> UpdateView | None:
        return self._answer("waiting_update", lambda: self.update)

    def look_at_update(self, path: Path) -> UpdateView:
        return self._answer("look_at_update", lambda: replace(self.offered, file="", command="", starts=False))

    def take_update(self, path: Path, progress: ProgressCallback = no_progress, cancel: CancelToken | None = None) -> UpdateView:
        def take() -> UpdateView:
            progress(0.5, "Copying and checking: 90 MB of 181 MB")
            self.said.append(("take update", path))
            self.update = self.offered
            return self.offered

        return self._answer("take_update", take)

    def start_update(self) -> UpdateView:
        def start() -> UpdateView:
            assert self.update is not None
            self.said.append(("start update", self.update.version))
            return self.update

        return self._answer("start_update", start)

    def discard_update(self) -> None:
        self.update = None
        self._answer("discard_update", lambda: self.said.append(("discard update",)))

    def channels(self) -> ChannelsView:
        def show() -> ChannelsView:
            rules = self.kept.notifications
            on = {"email": rules.email.enabled, "webhook": rules.webhook.enabled}
            url = self.kept_secrets.get("webhook.url", "")
            leads = {"email": ", ".join(rules.email.to), "webhook": shown_url(url)}
            stands = tuple(replace(one, enabled=on[one.name]) for one in self.stands)
            return ChannelsView(rules, stands, leads, frozenset(self.kept_secrets))

        return self._answer("channels", show)

    def keep_channel(self, channel: EmailSettings | WebhookSettings, secrets: Mapping[str, str]) -> ChannelsView:
        def keep() -> None:
            name = "email" if isinstance(channel, EmailSettings) else "webhook"
            rules = self.kept.notifications.model_copy(update={name: channel})
            self.kept = self.kept.model_copy(update={"notifications": rules})
            changed = {**self.kept_secrets, **secrets}
            self.kept_secrets = {name: value for name, value in changed.items() if value}

        self._answer("keep_channel", keep)
        return self.channels()

    def try_channel(self, channel: EmailSettings | WebhookSettings, secrets: Mapping[str, str]) -> str:
        self.said.append(("try", channel, dict(secrets)))
        return self._answer("try_channel", lambda: "The test went out. Check whether it arrived.")

    def start_at_sign_in(self, *, on: bool) -> SignInView:
        def switch() -> SignInView:
            self.sign_in = SignInView(SignInState.ON if on else SignInState.OFF, "As the system says.")
            return self.sign_in

        return self._answer("start_at_sign_in", switch)

    def kept_originals(self, property_name: str) -> tuple[ShelfView, ...]:
        return self._answer("kept_originals", lambda: self.originals)

    def _answer(self, name: str, make: Callable[[], Answer]) -> Answer:
        raise NotImplementedError
