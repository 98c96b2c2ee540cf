"""Settings: the property, its costs and events, its folder, learning, notifications, backups, privacy, the look."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from hotelml_app.core.errors import HotelMLError
from hotelml_app.gui.context import Notice, WindowContext
from hotelml_app.gui.desktop.open_folder import open_folder
from hotelml_app.gui.pages.base import Page
from hotelml_app.gui.settings_parts.backup_card import CHOSEN, BackupActions, BackupCard
from hotelml_app.gui.settings_parts.changed import Changed, collect, followed, keep, left_unsaved, rooms_words, with_channels
from hotelml_app.gui.settings_parts.channel_dialogs import EmailDialog, WebhookDialog
from hotelml_app.gui.settings_parts.costs_card import CostsCard
from hotelml_app.gui.settings_parts.events_card import EventsCard
from hotelml_app.gui.settings_parts.folder_card import FolderCard
from hotelml_app.gui.settings_parts.ground import AT_ONCE, UNSAVED, SettingsGround, ask
from hotelml_app.gui.settings_parts.handover_dialogs import ReadDialog, WriteDialog, ask_what_to_read, ask_where_to_write
from hotelml_app.gui.settings_parts.look_card import AboutCard, LookCard
from hotelml_app.gui.settings_parts.notices_card import NoticesCard
from hotelml_app.gui.settings_parts.privacy_card import PrivacyCard
from hotelml_app.gui.settings_parts.property_card import PropertyCard
from hotelml_app.gui.settings_parts.report_card import ReportCard
from hotelml_app.gui.settings_parts.same_hotel_dialog import ask_same_hotel
from hotelml_app.gui.settings_parts.start_card import StartCard
from hotelml_app.gui.settings_parts.training_card import TrainingCard
from hotelml_app.gui.settings_parts.update_card import UpdateCard
from hotelml_app.gui.theme import tokens
from hotelml_app.gui.widgets.boxes import bare, column
from hotelml_app.gui.widgets.buttons import Button
from hotelml_app.gui.widgets.side_by_side import SideBySide
from hotelml_app.services.backups.views import BackupsView
from hotelml_app.services.channels.views import ChannelsView
from hotelml_app.services.nights.event_views import EventView
from hotelml_app.services.sign_in.views import SignInView
from hotelml_app.settings.home import slug


class SettingsPage(Page):
    """Everything that may be set, on one page with one button."""

    key = "settings"
    title = "Settings"

    def __init__(self, context: WindowContext) -> None:
        self._filling = False
        self._clean: Changed | None = None
        self._grid = SideBySide()
        self._left, self._right = column(gap=tokens.SPACE_2), column(gap=tokens.SPACE_2)
        self._sides = bare(self._left), bare(self._right)
        super().__init__(context)
        self.save_button = Button("Save", self.save, role="primary", tip="Ctrl+S")
        self.save_button.setShortcut("Ctrl+S")
        self.discard_button = Button("Discard", self.discard)
        for each in (self.discard_button, self.save_button):
            self.tools.addWidget(each)
        self._show_dirty()

    def build(self) -> QWidget:
        """Return two columns for the cards."""
        self.set_narrow(False)
        return bare(column((self._grid, None)))

    def furnish(self) -> Iterator[None]:
        """Build one card after the other."""
        for side, cards in ((self._left, self._left_cards()), (self._right, self._right_cards())):
            for card in cards:
                side.addWidget(card)
                yield
            side.addStretch(1)
        for edited in (self.house, self.costs, self.folder, self.training, self.notices, self.backup, self.report, self.look):
            edited.edited.connect(self._show_dirty)
        self.look.tried.connect(self.context.look.choose)
        self.context.property_renamed.connect(self._renamed)

    def _left_cards(self) -> Iterator[QWidget]:
        self.house = PropertyCard(lambda: ask_same_hotel(self.window(), self.context, self.view, unsaved=self.dirty))
        yield self.house
        self.costs = CostsCard(lambda: self.context.open_page("rates"))
        yield self.costs
        self.calendar = EventsCard(self._keep_events)
        yield self.calendar
        self.privacy = PrivacyCard(partial(open_folder, self.context))
        yield self.privacy
        self.report = ReportCard()
        yield self.report
        self.backup = BackupCard(self._backup_actions())
        yield self.backup

    def _right_cards(self) -> Iterator[QWidget]:
        self.folder = FolderCard()
        yield self.folder
        self.start = StartCard(self.context, self._start_changed)
        yield self.start
        self.training = TrainingCard()
        yield self.training
        self.notices = NoticesCard(self.open_channel)
        yield self.notices
        self.look = LookCard()
        yield self.look
        self.newer = UpdateCard(self.context)
        yield self.newer
        self.about = AboutCard()
        yield self.about

    def _backup_actions(self) -> BackupActions:
        acts, context = self.context.appliance, self.context
        return BackupActions(
            make=lambda: self._change_backups(acts.back_up, "Backed up"),
            make_elsewhere=lambda file: self._change_backups(lambda: acts.back_up(file), f"Backed up to {file}"),
            put_back=lambda file: self._change_backups(lambda: acts.put_back_next(file), CHOSEN),
            keep_present=lambda: self._change_backups(acts.keep_present, "What is there stays"),
            hand_over=lambda: ask_where_to_write(self.window(), slug(context.property_name), self.hand_over),
            read_handover=lambda: ask_what_to_read(self.window(), self.read_handover),
        )

    def set_narrow(self, narrow: bool) -> None:
        """Put the cards into one column, or into two."""
        self._grid.put(*self._sides, narrow=narrow, at_top=True)

    def question(self) -> Callable[[], object]:
        """Ask for everything at once."""
        appliance, name = self.context.appliance, self.context.property_name
        return lambda: ask(appliance, name)

    def refresh(self) -> None:
        """Ask again, unless that would wipe out what is being typed."""
        if self.dirty:
            self.stale = False
            self.settled.emit()
        else:
            super().refresh()

    def show_view(self, view: object) -> None:
        """Show the settings; what is being typed stays."""
        assert isinstance(view, SettingsGround)
        if not self.dirty:
            self._fill(view)

    @property
    def dirty(self) -> bool:
        """True where the form says something else than when it was filled."""
        if not isinstance(self.view, SettingsGround) or self._clean is None or self._filling:
            return False
        return collect(self, self.view) != self._clean

    def save(self) -> None:
        """Keep what the form says."""
        if isinstance(self.view, SettingsGround) and self.dirty and self.house.is_well_named(self.context.tell):
            changed, appliance = collect(self, self.view), self.context.appliance
            self.save_button.setEnabled(False)
            work = partial(keep, appliance, changed, (self._clean or self.view).property)
            self.context.runner.work(work, on_done=lambda _: self._saved(changed), on_failure=self._not_saved)
        else:
            self.saved.emit(False)

    def discard(self) -> None:
        """Go back to what is kept."""
        if isinstance(self.view, SettingsGround):
            self.context.look.choose(self.view.settings.appearance.theme)
            self._fill(self.view)

    def escape(self) -> bool:
        """Esc discards what was not saved."""
        if self.dirty:
            self.discard()
            return True
        return False

    def forget(self) -> None:
        """Another property has other facts; a new export does not wipe out what is being typed about this one."""
        if self.dirty and isinstance(self.view, SettingsGround):
            if self.view.property.name == self.context.property_name:
                return
            self.context.look.choose(self.view.settings.appearance.theme)
            self.context.tell(left_unsaved(self.view.property.name))
        super().forget()
        self._clean = None

    renew = forget

    def _fill(self, ground: SettingsGround) -> None:
        self._filling = True
        self.sentence.setText(f"{ground.property.name}: {rooms_words(ground.property)}")
        for plain in (self.house, self.folder, self.start, self.training, self.notices, self.report, self.newer):
            plain.show_ground(ground)
        for placed in (self.costs, self.privacy, self.backup, self.look, self.about):
            placed.show_ground(self.context.place, ground)
        self.calendar.show_events(self.context.place, ground.events, ground.property.business_date)
        self._filling = False
        self._clean = collect(self, ground)
        self._show_dirty()

    def _show_dirty(self) -> None:
        if not self._filling:
            dirty = self.dirty
            self.save_button.setEnabled(dirty)
            self.discard_button.setEnabled(dirty)
            self.provenance.show_words(UNSAVED if dirty else AT_ONCE)
            self.dirt_changed.emit()

    def _keep_events(self, events: Sequence[EventView]) -> None:
        appliance, name = self.context.appliance, self.context.property_name
        self.context.runner.work(
            lambda: appliance.keep_events(name, events),
            on_done=lambda kept: self._events_kept(name, kept),
            on_failure=self._events_not_kept,
        )

    def _events_kept(self, name: str, kept: object) -> None:
        assert isinstance(kept, tuple)
        self.context.decided.emit()
        if isinstance(self.view, SettingsGround) and name == self.context.property_name:
            self.view = replace(self.view, events=kept)
            self.calendar.show_events(self.context.place, kept, self.view.property.business_date)

    def _events_not_kept(self, error: HotelMLError) -> None:
        self.calendar.show_failure(error)
        self.context.tell_error(error)

    def open_channel(self, name: str) -> None:
        """Open the window in which a channel is set up."""
        if isinstance(self.view, SettingsGround):
            dialog = (EmailDialog if name == "email" else WebhookDialog)(self.window(), self.context, self.view.channels)
            dialog.kept.connect(self._channel_kept)
            dialog.open()

    def _channel_kept(self, view: ChannelsView) -> None:
        """Show how a channel is set up now; what else is being typed on the page stays."""
        kept = {"email": view.rules.email, "webhook": view.rules.webhook}
        if isinstance(self.view, SettingsGround):
            self.view = replace(self.view, channels=view, settings=with_channels(self.view.settings, kept))
            if self._clean is not None:
                self._clean = replace(self._clean, settings=with_channels(self._clean.settings, kept))
            self.notices.show_channels(view)
            self.context.tell(Notice("Saved"))

    def hand_over(self, file: Path) -> None:
        """Open the window that writes a hand-over file."""
        WriteDialog(self.window(), self.context, file).open()

    def read_handover(self, file: Path) -> None:
        """Open the window that reads a hand-over file."""
        dialog = ReadDialog(self.window(), self.context, file)
        dialog.taken.connect(partial(self._show_backups, done="The hand-over file takes its place when HotelML starts next"))
        dialog.taken.connect(self.newer.look_again)
        dialog.open()

    def _show_backups(self, view: BackupsView, done: str) -> None:
        self.context.tell(Notice(done))
        if isinstance(self.view, SettingsGround):
            self.view = replace(self.view, backups=view)
            self.backup.show_backups(self.context.place, view)

    def _start_changed(self, view: SignInView) -> None:
        if isinstance(self.view, SettingsGround):
            self.view = replace(self.view, status=replace(self.view.status, sign_in=view))

    def _change_backups(self, change: Callable[[], BackupsView], done: str) -> None:
        def changed(view: object) -> None:
            assert isinstance(view, BackupsView)
            self._show_backups(view, done)

        def not_changed(error: HotelMLError) -> None:
            self.backup.set_busy(False)
            self.context.tell_error(error)

        self.backup.set_busy(True)
        self.context.runner.work(change, on_done=changed, on_failure=not_changed)

    def _renamed(self, before: str, name: str) -> None:
        """The property goes by another name; what else is being typed about it stays."""
        if isinstance(self.view, SettingsGround) and self.view.property.name == before:
            self.view = followed(self.view, name)
            self._clean = replace(self._clean.called(name), name=name) if self._clean is not None else None
            self.house.follow(before, name)
            self.sentence.setText(f"{name}: {rooms_words(self.view.property)}")

    def _saved(self, changed: Changed) -> None:
        self._clean = None
        if isinstance(self.view, SettingsGround):
            # What was typed while it was being kept stays, to be saved as well; the name may have been followed by then.
            kept = changed if self.view.property.name == changed.property.name else changed.called(changed.name)
            self._clean = kept if collect(self, self.view) != kept else None
        self.context.desktop_level = changed.settings.notifications.desktop
        self.context.tell(Notice("Saved"))
        self.context.follow(changed.property.name, changed.name)
        self.refresh()
        self._show_dirty()
        self.saved.emit(not self.dirty)

    def _not_saved(self, error: HotelMLError) -> None:
        self.save_button.setEnabled(True)
        self.context.tell_error(error)
        self.saved.emit(False)
