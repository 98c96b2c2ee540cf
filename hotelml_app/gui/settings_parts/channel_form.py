"""Setting one channel up that tells people outside this PC: filled in, tried, and kept at once."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QFormLayout, QLineEdit, QWidget

from hotelml_app.core.errors import HotelMLError
from hotelml_app.core.severity import Severity
from hotelml_app.gui.context import WindowContext
from hotelml_app.gui.settings_parts.fields import add_field, form
from hotelml_app.gui.theme import tokens
from hotelml_app.gui.widgets.boxes import Part, column, row
from hotelml_app.gui.widgets.buttons import Button
from hotelml_app.gui.widgets.choice import CalmComboBox
from hotelml_app.gui.widgets.labels import label, set_role
from hotelml_app.services.channels.views import ChannelsView
from hotelml_app.settings.channels import ChannelSettings, EmailSettings, WebhookSettings
from hotelml_app.settings.errors import SettingsError

WIDTH = 66 * tokens.GRID
LEVELS = (
    (Severity.FAILURE, "Only what failed"),
    (Severity.WARNING, "What wants a person"),
    (Severity.NEWS, "Imports and trainings too"),
)
TRYING = "Sending a test…"


class ChannelDialog(QDialog):
    """What all channels have in common; a child adds its fields. Open it with ``open``."""

    kept = Signal(object)
    """Carries the channels as they are set up now."""

    def __init__(self, parent: QWidget, context: WindowContext, title: str, hint: str, rules: ChannelSettings) -> None:
        super().__init__(parent)
        self._context = context
        self._busy = False
        self.setWindowTitle(title)
        self.setFixedWidth(min(WIDTH, parent.window().width() - 2 * tokens.GRID))
        self.enabled = QCheckBox("Send notices this way")
        self.enabled.setChecked(rules.enabled)
        self.least = CalmComboBox("How much is told")
        for level, words in LEVELS:
            self.least.addItem(words, str(level))
        self.least.choose(str(rules.least))
        self.fields: QFormLayout = form()
        self.fields.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.said = label(wrap=True)
        self.said.setMinimumHeight(2 * self.said.fontMetrics().lineSpacing())
        self.trial = Button("Send a test", self._try)
        self.no = Button("Cancel", self.reject)
        self.yes = Button("Save", self._keep, role="primary")
        self.trial.setAutoDefault(False)
        self.yes.setDefault(True)
        self._words: tuple[Part, ...] = (label(title, "heading"), label(hint, "muted", wrap=True))
        self.finished.connect(self.deleteLater)

    def channel(self, *, on: bool) -> EmailSettings | WebhookSettings:
        """Return what is filled in, switched ``on`` or not. Raises SettingsError where something is missing or wrong."""
        raise NotImplementedError

    def secrets(self) -> dict[str, str]:
        """Return the secrets that were typed."""
        raise NotImplementedError

    def arrange(self) -> None:
        """Lay everything out, once the fields are there."""
        add_field(self.fields, "Tell", self.least)
        buttons = row((self.trial, None, self.no, self.yes))
        inside = column((*self._words, self.enabled, self.fields, self.said, buttons), gap=tokens.SPACE_1)
        inside.setContentsMargins(tokens.SPACE_3, tokens.SPACE_2, tokens.SPACE_3, tokens.SPACE_2)
        self.setLayout(inside)

    def reject(self) -> None:
        """Close, unless it is being kept at this moment."""
        if not self._busy:
            super().reject()

    def _try(self) -> None:
        filled = self._filled(tried=True)
        if filled is not None:
            self._say(TRYING)
            self.trial.setEnabled(False)
            appliance = self._context.appliance
            trial = lambda: appliance.try_channel(*filled)  # noqa: E731
            self._context.runner.ask("channel test", trial, self._tried, self._failed, outside=True)

    def _tried(self, said: object) -> None:
        self.trial.setEnabled(True)
        self._say(str(said))

    def _keep(self) -> None:
        filled = self._filled(tried=False)
        if filled is not None:
            self._busy = True
            self.yes.setEnabled(False)
            appliance = self._context.appliance
            self._context.runner.work(lambda: appliance.keep_channel(*filled), on_done=self._done, on_failure=self._failed)

    def _done(self, view: object) -> None:
        self._busy = False
        assert isinstance(view, ChannelsView)
        self.kept.emit(view)
        self.accept()

    def _failed(self, error: HotelMLError) -> None:
        self._busy = False
        self.trial.setEnabled(True)
        self.yes.setEnabled(True)
        self._say(str(error), wrong=True)

    def _filled(self, *, tried: bool) -> tuple[EmailSettings | WebhookSettings, Mapping[str, str]] | None:
        """Return what is filled in, or say what is wrong with it; a test wants all of it even before it is switched on."""
        try:
            return self.channel(on=tried or self.enabled.isChecked()), self.secrets()
        except SettingsError as error:
            self._say(error.message, wrong=True)
            return None

    def _say(self, text: str, *, wrong: bool = False) -> None:
        self.said.setText(text)
        set_role(self.said, "urgent" if wrong else "muted")


def line(name: str, text: str = "", *, hint: str = "", secret: bool = False) -> QLineEdit:
    """Return a field for one line of text; a secret is not shown."""
    made = QLineEdit(text)
    made.setAccessibleName(name)
    made.setPlaceholderText(hint)
    if secret:
        made.setEchoMode(QLineEdit.EchoMode.Password)
    return made
