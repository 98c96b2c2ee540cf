"""Whether HotelML starts by itself."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QCheckBox, QFrame

from hotelml_app.core.errors import HotelMLError
from hotelml_app.gui.context import WindowContext
from hotelml_app.gui.settings_parts.ground import SettingsGround
from hotelml_app.gui.widgets.boxes import column, dress
from hotelml_app.gui.widgets.labels import label, set_role
from hotelml_app.services.sign_in.views import SignInState, SignInView

HINT = (
    "After a restart of this PC, exports are read only once HotelML is open. When it starts at sign-in, its window stays "
    "hidden until you open it. This takes effect at once."
)


class StartCard(QFrame):
    """One switch that shows what the system says, and counts at once."""

    def __init__(self, context: WindowContext, changed: Callable[[SignInView], object]) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._context, self._changed = context, changed
        self._view = SignInView(SignInState.OFF, "")
        self.switch = QCheckBox("Start HotelML when I sign in")
        self.switch.clicked.connect(self._press)
        self.found = label(wrap=True, selectable=True)
        dress(self, column((label("Start", "heading"), label(HINT, "muted", wrap=True), self.switch, self.found)))

    def show_ground(self, ground: SettingsGround) -> None:
        """Show what the system says."""
        if ground.status.sign_in is not None:
            self._show(ground.status.sign_in)

    def _show(self, view: SignInView) -> None:
        """Say it in words as well wherever the tick does not say it all."""
        self._view = view
        self.switch.setEnabled(view.state is not SignInState.IMPOSSIBLE)
        self.switch.setChecked(view.on)
        self.found.setText(f"{view.sentence} {view.remedy}".rstrip())
        self.found.setVisible(view.state not in (SignInState.ON, SignInState.OFF))
        set_role(self.found, "urgent" if view.state is SignInState.GONE else "muted")

    def _press(self, on: bool) -> None:
        self.switch.setEnabled(False)
        appliance = self._context.appliance
        self._context.runner.work(
            lambda: appliance.start_at_sign_in(on=on), on_done=self._switched, on_failure=self._not_switched
        )

    def _switched(self, view: object) -> None:
        assert isinstance(view, SignInView)
        self._show(view)
        self._changed(view)

    def _not_switched(self, error: HotelMLError) -> None:
        self._show(self._view)
        self._context.tell_error(error)
