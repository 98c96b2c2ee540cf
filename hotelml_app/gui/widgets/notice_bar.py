"""One line at the top of the window that tells what went wrong, or right, and goes away with Esc."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame

from hotelml_app.gui.context import Notice
from hotelml_app.gui.theme import tokens
from hotelml_app.gui.widgets.boxes import column, row
from hotelml_app.gui.widgets.buttons import Button
from hotelml_app.gui.widgets.labels import IconLabel, label, set_role


class NoticeBar(QFrame):
    """Hidden until there is something to tell."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "notice")
        self.notice: Notice | None = None
        self._page = ""
        self._icon = IconLabel()
        self._title = label(role="strong", wrap=True)
        self._text = label(wrap=True)
        close = Button("", self.dismiss, role="quiet", icon="x", name="Put this message away", tip="Put away (Esc)")
        self.action = Button("", self._act)
        line = row((self._icon, column((self._title, self._text), gap=2), self.action, close), gap=tokens.SPACE_2)
        line.setContentsMargins(tokens.SPACE_2, tokens.SPACE_1, tokens.SPACE_1, tokens.SPACE_1)
        line.setStretch(1, 1)
        line.setAlignment(close, Qt.AlignmentFlag.AlignTop)
        self._line = line
        self.setLayout(line)
        self.hide()

    def show_notice(self, notice: Notice) -> None:
        """Tell this instead of what was told before, unless that is urgent and this passes by itself."""
        if notice.passing and self.notice is not None and self.notice.urgent:
            return
        self.notice = notice
        set_role(self, "urgent" if notice.urgent else "", "tone")
        self._title.setText(notice.title)
        text = " ".join(part for part in (notice.message, notice.remedy) if part)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self._line.setAlignment(self._icon, Qt.AlignmentFlag.AlignTop if text else Qt.AlignmentFlag.AlignVCenter)
        self.action.say(notice.action)
        self.action.setVisible(bool(notice.action))
        self.setAccessibleName(f"{notice.title}. {text}")
        self._icon.show_icon("warning-circle" if notice.urgent else "check-circle", "urgent" if notice.urgent else "accent")
        self.show()

    def follow_page(self, page: str) -> None:
        """Put away what went well when another page is opened; what wants a person stays."""
        left, self._page = page != self._page, page
        if left and self.notice is not None and not self.notice.urgent and not self.notice.action:
            self.dismiss()

    def dismiss(self) -> None:
        """Put the notice away."""
        self.notice = None
        self.hide()

    def _act(self) -> None:
        if self.notice is not None and self.notice.on_action is not None:
            self.notice.on_action()
