"""E-mail and webhook, as they are set up."""

from __future__ import annotations

from urllib.parse import urlsplit

from PySide6.QtWidgets import QWidget

from hotelml_app.gui.context import WindowContext
from hotelml_app.gui.settings_parts.channel_form import ChannelDialog, line
from hotelml_app.gui.settings_parts.fields import CalmSpinBox, add_field
from hotelml_app.gui.settings_parts.secret_field import SecretField
from hotelml_app.gui.theme import tokens
from hotelml_app.gui.widgets.boxes import bare, row
from hotelml_app.gui.widgets.choice import CalmComboBox
from hotelml_app.gui.widgets.labels import label
from hotelml_app.services.channels.views import ChannelsView
from hotelml_app.settings.channels import EmailSettings, WebhookSettings, email_settings
from hotelml_app.settings.secrets import EMAIL_PASSWORD, WEBHOOK_KEY, WEBHOOK_URL

EMAIL_HINT = (
    "What went wrong, in a few words and without guests or reservations. Whoever looks after your mail knows what to fill in."
)
WEBHOOK_HINT = (
    "The same as a message into a chat or to your own server: a POST of JSON. The address is kept as a secret, for whoever has it"
    " may write there."
)
SECURITY = (
    ("starttls", "STARTTLS, usual on port 587"),
    ("tls", "TLS, usual on port 465"),
    ("none", "None, inside the house only"),
)
USUAL_PORT = {"starttls": 587, "tls": 465, "none": 25}


class EmailDialog(ChannelDialog):
    """Server, user and addresses."""

    def __init__(self, parent: QWidget, context: WindowContext, view: ChannelsView) -> None:
        rules = view.rules.email
        super().__init__(parent, context, "Notifications by e-mail", EMAIL_HINT, rules)
        self.host = line("Mail server", rules.host, hint="mail.hotel.example")
        self.port = CalmSpinBox("Port of the mail server")
        self.port.setRange(1, 65_535)
        self.port.setValue(rules.port)
        self.port.setFixedSize(11 * tokens.GRID, tokens.CONTROL_HEIGHT - 4)
        self.port.lineEdit().setTextMargins(tokens.GRID, 0, 0, 0)
        self.security = CalmComboBox("Encryption")
        for key, words in SECURITY:
            self.security.addItem(words, key)
        self.security.choose(rules.security)
        self._former: str = rules.security
        self.security.currentIndexChanged.connect(lambda _: self._follow())
        self.user = line("User at the mail server", rules.user, hint="Empty where the server asks for none")
        self.password = SecretField("Password", kept=EMAIL_PASSWORD in view.kept)
        self.own_address = line("From", rules.sender, hint="hotelml@hotel.example")
        self.to = line("To, several with commas", ", ".join(rules.to), hint="frontoffice@hotel.example, it@hotel.example")
        port = label("Port")
        port.setBuddy(self.port)
        add_field(self.fields, "Server", bare(row((self.host, port, self.port))))
        for name, field in (
            ("Encryption", self.security),
            ("User", self.user),
            ("Password", self.password),
            ("From", self.own_address),
            ("To", self.to),
        ):
            add_field(self.fields, name, field)
        self.arrange()

    def channel(self, *, on: bool) -> EmailSettings:
        """Return what is filled in, switched ``on`` or not. Raises SettingsError where something is missing or wrong."""
        to = [one.strip() for one in self.to.text().replace(";", ",").split(",") if one.strip()]
        told = {"host": self.host.text(), "port": self.port.value(), "security": self.security.choice, "to": to}
        level = {"enabled": on, "least": self.least.choice}
        return email_settings({**told, **level, "user": self.user.text().strip(), "sender": self.own_address.text()})

    def secrets(self) -> dict[str, str]:
        """Return the password where one was typed, or is to be forgotten."""
        return {} if self.password.change is None else {EMAIL_PASSWORD: self.password.change}

    def _follow(self) -> None:
        """Let the port follow the encryption where it was the usual one."""
        if self.port.value() == USUAL_PORT[self._former]:
            self.port.setValue(USUAL_PORT[self.security.choice])
        self._former = self.security.choice


class WebhookDialog(ChannelDialog):
    """Address and key."""

    def __init__(self, parent: QWidget, context: WindowContext, view: ChannelsView) -> None:
        rules = view.rules.webhook
        super().__init__(parent, context, "Notifications by webhook", WEBHOOK_HINT, rules)
        shown = view.leads_to.get("webhook", "")
        self.url = line(
            "Web address", hint=f"One at {urlsplit(shown).netloc} is kept. Type to replace it." if shown else "https://…"
        )
        self.key = SecretField("Key", kept=WEBHOOK_KEY in view.kept, hint="Empty where the service gave none")
        add_field(self.fields, "Address", self.url)
        add_field(self.fields, "Key", self.key)
        self.arrange()

    def channel(self, *, on: bool) -> WebhookSettings:
        """Return what is filled in, switched ``on`` or not."""
        return WebhookSettings.model_validate({"enabled": on, "least": self.least.choice})

    def secrets(self) -> dict[str, str]:
        """Return address and key where they were typed, or the key is to be forgotten."""
        changes = {WEBHOOK_URL: self.url.text().strip() or None, WEBHOOK_KEY: self.key.change}
        return {name: value.strip() for name, value in changes.items() if value is not None}
