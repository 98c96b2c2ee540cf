"""What `Appliance` answers the Settings page: properties, backups, moving to another PC, updates, channels, sign-in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from hotelml_app.core.jobs import CancelToken, ProgressCallback, no_progress
from hotelml_app.services.appliance_parts.base import AppliancePart

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hotelml_app.services.backups.views import BackupsView
    from hotelml_app.services.channels.views import ChannelsView
    from hotelml_app.services.exports.data_views import ShelfView
    from hotelml_app.services.handover.views import HandoverView, Written
    from hotelml_app.services.properties.merge_views import Merged, MergeView
    from hotelml_app.services.properties.rename_property import Renamed
    from hotelml_app.services.sign_in.views import SignInView
    from hotelml_app.services.updates.views import UpdateView
    from hotelml_app.settings.channels import EmailSettings, WebhookSettings


class SettingsPages(AppliancePart):
    """Everything the Settings page shows and does besides the settings themselves."""

    def compare_properties(self, one: str, other: str, *, new_numbers: bool = False) -> MergeView:
        """Return what putting two properties together would do. Raises UsageError."""
        from hotelml_app.services.properties import merge_properties

        return merge_properties.compare(self.parts, one, other, new_numbers=new_numbers)

    def merge_properties(
        self, gone: str, stays: str, progress: ProgressCallback = no_progress, *, new_numbers: bool = False
    ) -> Merged:
        """Put two properties together that are one hotel. Only the owner of the home may. Raises HotelMLError."""
        from hotelml_app.services.properties import merge_properties

        self._owner_only()
        return merge_properties.merge(self.parts, gone, stays, progress, new_numbers=new_numbers)

    def rename_property(self, old: str, new: str) -> Renamed:
        """Give a property another name. Only the owner of the home may. Raises HotelMLError."""
        from hotelml_app.services.properties import rename_property

        self._owner_only()
        return rename_property.rename(self.parts, old, new)

    def backups(self) -> BackupsView:
        """Return the copies of the database, newest first."""
        from hotelml_app.services.backups import backups_page

        return backups_page.build(self.parts)

    def back_up(self, target: Path | None = None) -> BackupsView:
        """Copy the database now, and return all copies. Raises StoreError, FileNotWrittenError."""
        from hotelml_app.services.backups import backups_page

        return backups_page.make(self.parts, target)

    def put_back_next(self, backup: Path) -> BackupsView:
        """Have a backup put back at the next start. Only the owner of the home may. Raises StoreError."""
        from hotelml_app.services.backups import backups_page

        self._owner_only()
        return backups_page.put_back_next(self.parts, backup)

    def keep_present(self) -> BackupsView:
        """Give up what was to be put back at the next start. Only the owner of the home may."""
        from hotelml_app.services.backups import backups_page

        self._owner_only()
        return backups_page.keep_present(self.parts)

    def hand_over(
        self,
        target: Path,
        passphrase: str,
        progress: ProgressCallback = no_progress,
        cancel: CancelToken | None = None,
        update: Path | None = None,
    ) -> Written:
        """Write everything that another PC needs into one file, with a program update where one is named.

        Raises HandoverError, UpdateError, FileNotWrittenError, Cancelled.
        """
        from hotelml_app.services.handover import writing

        return writing.write(self.parts, target, passphrase, progress, cancel, update)

    def look_at_handover(self, path: Path) -> HandoverView:
        """Return what a hand-over file says it holds. Raises HandoverError."""
        from hotelml_app.services.handover import reading

        return reading.look(path)

    def take_over_next(
        self, path: Path, passphrase: str, progress: ProgressCallback = no_progress, cancel: CancelToken | None = None
    ) -> BackupsView:
        """Check a hand-over file, and have it take the place of what is there at the next start. Only the owner may.

        Raises HandoverError, Cancelled.
        """
        from hotelml_app.services.backups import backups_page
        from hotelml_app.services.handover import reading

        self._owner_only()
        reading.prepare_and_tell(self.parts, path, passphrase, progress, cancel)
        return backups_page.build(self.parts)

    def waiting_update(self) -> UpdateView | None:
        """Return the program update that waits to be installed, or None."""
        from hotelml_app.services.updates import taking

        return taking.waiting(self.parts.layout)

    def look_at_update(self, path: Path) -> UpdateView:
        """Return what an update is that fits this PC. Raises UpdateError where it is not used."""
        from hotelml_app.services.updates import taking

        return taking.look(path)

    def take_update(self, path: Path, progress: ProgressCallback = no_progress, cancel: CancelToken | None = None) -> UpdateView:
        """Check all of an update and let it wait to be installed. Only the owner of the home may.

        Raises UpdateError, Cancelled.
        """
        from hotelml_app.services.updates import taking, telling

        self._owner_only()
        view = taking.take(self.parts.layout, path, None, progress, cancel)
        telling.tell(self.parts, view)
        return view

    def start_update(self) -> UpdateView:
        """Check the update that waits, copy the database, and start its set-up where it has one. Only the owner may.

        Raises UpdateError, StoreError.
        """
        from hotelml_app.services.updates import installing, starting

        self._owner_only()
        view, _ = starting.make_ready(self.parts)
        installing.launch(view)
        return view

    def discard_update(self) -> None:
        """Remove the update that waits. Only the owner of the home may."""
        from hotelml_app.services.updates import shelf, telling

        self._owner_only()
        shelf.discard(self.parts.layout)
        telling.tell(self.parts, None)

    def channels(self) -> ChannelsView:
        """Return how the channels that tell people outside this PC are set up, and how they are doing."""
        from hotelml_app.services.channels import setup as channel_setup

        return channel_setup.build(self.parts)

    def keep_channel(self, channel: EmailSettings | WebhookSettings, secrets: Mapping[str, str]) -> ChannelsView:
        """Keep how a channel is set up. Only the owner of the home may. Raises SettingsError."""
        from hotelml_app.services.channels import setup as channel_setup

        self._owner_only()
        return channel_setup.keep(self.parts, channel, secrets)

    def try_channel(self, channel: EmailSettings | WebhookSettings, secrets: Mapping[str, str]) -> str:
        """Send a test as a channel would be set up and return in a sentence what happened. Raises NotDeliveredError."""
        from hotelml_app.services.channels import setup as channel_setup

        return channel_setup.try_out(self.parts, channel, secrets)

    def kept_originals(self, property_name: str) -> tuple[ShelfView, ...]:
        """Return the exports that lie in a property's drop folder as they came."""
        from hotelml_app.services.exports import kept_originals

        return kept_originals.shelves(self.parts, property_name)

    def start_at_sign_in(self, *, on: bool) -> SignInView:
        """Have HotelML start with this home when this user signs in, or not. Raises SignInError, FileNotWrittenError."""
        from hotelml_app.services.sign_in import stands

        return stands.switch(self.parts.layout, on=on)
