"""What a page's body shows: grey blocks while it loads, its content, or a message with what to do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QFrame, QWidget

from hotelml_app.gui.theme import tokens
from hotelml_app.gui.widgets.boxes import bare, column, row
from hotelml_app.gui.widgets.buttons import Button
from hotelml_app.gui.widgets.labels import IconLabel, label

MESSAGE_WIDTH = 60 * tokens.GRID


@dataclass(frozen=True)
class Message:
    """Why there is nothing to show and what to do about it; ``action`` is the text of the button, ``other`` of a second one."""

    title: str
    text: str
    remedy: str = ""
    icon: str = "info"
    urgent: bool = False
    action: str = ""
    on_action: Callable[[], object] | None = None
    other: str = ""
    on_other: Callable[[], object] | None = None


class MessagePanel(QWidget):
    """A message in the upper middle of the page, with at most two buttons."""

    def __init__(self) -> None:
        super().__init__()
        self._message: Message | None = None
        self._icon = IconLabel(large=True)
        self.title = label(role="heading", wrap=True)
        self.text = label(wrap=True)
        self.remedy = label(role="strong", wrap=True)
        self.button = Button("", self._act, role="primary")
        self.other = Button("", self._act_otherwise)
        buttons = row((self.button, self.other, None))
        inner = bare(column((self._icon, self.title, self.text, self.remedy, buttons), gap=tokens.SPACE_1))
        inner.setFixedWidth(MESSAGE_WIDTH)
        outer = column((tokens.SPACE_4, row((None, inner, None)), None))
        self.setLayout(outer)

    def show_message(self, message: Message) -> None:
        """Show another message."""
        self._message = message
        self.title.setText(message.title)
        self.text.setText(message.text)
        self.text.setVisible(bool(message.text))
        self.remedy.setText(message.remedy)
        self.remedy.setVisible(bool(message.remedy))
        self.button.setText(message.action)
        self.button.setAccessibleName(message.action)
        self.button.setVisible(message.on_action is not None)
        self.other.say(message.other)
        self.other.setVisible(message.on_other is not None)
        self._icon.show_icon(message.icon, "urgent" if message.urgent else "")

    def _act(self) -> None:
        if self._message is not None and self._message.on_action is not None:
            self._message.on_action()

    def _act_otherwise(self) -> None:
        if self._message is not None and self._message.on_other is not None:
            self._message.on_other()


class Skeleton(QWidget):
    """Grey blocks where the content will be, so that nothing jumps when it comes."""

    def __init__(self) -> None:
        super().__init__()
        rows = column(gap=tokens.SPACE_2)
        for height, blocks in ((22 * tokens.GRID, 4), (28 * tokens.GRID, 2)):
            line = row(gap=tokens.SPACE_2)
            for _ in range(blocks):
                line.addWidget(_block(height), 1)
            rows.addLayout(line)
        rows.addStretch(1)
        self.setLayout(rows)


class Body(QWidget):
    """One of: loading, the content, a message. It is as high as the one that is shown needs at the width there is."""

    def __init__(self) -> None:
        super().__init__()
        self.message = MessagePanel()
        self._parts: dict[str, QWidget] = {"loading": Skeleton(), "message": self.message}
        self.state = "loading"
        """One of loading, content or message."""
        self._column = column(self._parts.values(), gap=0)
        self.setLayout(self._column)
        self._show("loading")

    def hold(self, content: QWidget) -> None:
        """Take the content, which is not shown yet."""
        content.hide()
        self._parts["content"] = content
        self._column.addWidget(content)

    def show_loading(self) -> None:
        """Show grey blocks."""
        self._show("loading")

    def lay_out_content(self) -> None:
        """Find out how large everything in the content is while it is not seen yet; to show it takes little time then."""
        content = self._parts["content"]
        layout = content.layout()
        if self.state == "loading" and layout is not None:
            content.resize(self._parts["loading"].size())
            layout.activate()

    def show_content(self) -> None:
        """Show the page itself."""
        self._show("content")

    def show_message(self, message: Message) -> None:
        """Show a message instead of the page."""
        self.message.show_message(message)
        self._show("message")

    def _show(self, state: str) -> None:
        # Not a QStackedWidget: that is always as high as its highest part.
        self.state = state
        for name, part in self._parts.items():
            part.setVisible(name == state)


def _block(height: int) -> QFrame:
    made = QFrame()
    made.setProperty("role", "skeleton")
    made.setFixedHeight(height)
    return made
