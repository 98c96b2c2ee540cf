"""Models: per question what answers it, how good that is, its training, its versions and what was live when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QVBoxLayout, QWidget

from hotelml_app.core.errors import HotelMLError
from hotelml_app.core.jobs import JobView
from hotelml_app.gui.context import Notice, WindowContext
from hotelml_app.gui.module_order import place_in_list
from hotelml_app.gui.pages.base import Page
from hotelml_app.gui.theme import tokens
from hotelml_app.gui.widgets.boxes import bare, column
from hotelml_app.gui.widgets.cards.module_card import CardActions, ModuleCard
from hotelml_app.gui.widgets.cards.module_details import ModuleDetails, version_before
from hotelml_app.gui.widgets.side_by_side import SideBySide
from hotelml_app.services.errors import TooLittleToLearnError
from hotelml_app.services.learning.views import ModelsView, ModuleView


class ModelsPage(Page):
    """The one page on which the word model is needed."""

    key = "models"
    title = "Models"

    def __init__(self, context: WindowContext) -> None:
        self.cards: dict[str, ModuleCard] = {}
        self.chosen = ""
        self._list = QVBoxLayout()
        self._grid = SideBySide()
        self.details = ModuleDetails(self._promote, self._roll_back)
        super().__init__(context)

    def build(self) -> QWidget:
        """Return cards and the details of the chosen one."""
        self._list.setSpacing(tokens.SPACE_1)
        self._left = bare(column((self._list, None)))
        self.set_narrow(False)
        return bare(column((self._grid, None)))

    def set_narrow(self, narrow: bool) -> None:
        """Put the details below the cards, or beside them."""
        self._grid.put(self._left, self.details, narrow=narrow, at_top=True)

    def question(self) -> Callable[[], object]:
        """Ask for all modules."""
        appliance, name = self.context.appliance, self.context.property_name
        return lambda: appliance.models(name)

    def forget(self) -> None:
        """Another property has its own modules."""
        super().forget()
        self.chosen = ""

    def show_view(self, view: object) -> None:
        """Show the modules."""
        assert isinstance(view, ModelsView)
        self.say(view.sentence)
        running = [module.title for module in view.modules if module.job is not None]
        self.provenance.show_words(_training_words(running))
        actions = CardActions(self._train, self._cancel)
        modules = sorted(view.modules, key=place_in_list)
        for module in modules:
            if module.name not in self.cards:
                made = self.cards[module.name] = ModuleCard(module.name, actions)
                made.chosen.connect(self.choose)
                self._list.addWidget(made)
            self.cards[module.name].show_module(self.context.place, module)
        names = [module.name for module in modules]
        for name, card in self.cards.items():
            card.setVisible(name in names)
        if names:
            self.choose(self.chosen if self.chosen in names else names[0])
        self.context.jobs_wanted.emit()

    def choose(self, name: str) -> None:
        """Show the details of a module."""
        self.chosen = name
        for each, card in self.cards.items():
            card.set_current(each == name)
        module = self._module(name)
        if module is not None:
            self.details.show_module(self.context.place, module)

    def show_jobs(self, jobs: tuple[JobView, ...]) -> None:
        """Show how far the trainings of this property are."""
        mine = {job.module: job for job in jobs if job.property_name == self.context.property_name and not job.stage.final}
        for name, card in self.cards.items():
            was = card.job
            card.show_job(mine.get(name))
            if was is not None and card.job is None and self.isVisible():
                self.refresh()

    def _module(self, name: str) -> ModuleView | None:
        if not isinstance(self.view, ModelsView):
            return None
        return next((module for module in self.view.modules if module.name == name), None)

    def _train(self, name: str) -> None:
        appliance, property_name = self.context.appliance, self.context.property_name
        self.context.runner.work(
            lambda: appliance.train(name, property_name), on_done=lambda _: self._asked(), on_failure=self._not_begun
        )

    def _not_begun(self, error: HotelMLError) -> None:
        # Too little data calls nobody to do something: it is the answer to a click.
        waits = isinstance(error, TooLittleToLearnError)
        self.context.tell(replace(Notice.of(error), urgent=not waits))

    def _cancel(self, job_id: int) -> None:
        appliance = self.context.appliance
        self.context.do(lambda: appliance.cancel_job(job_id), lambda _: self._asked())

    def _asked(self) -> None:
        self.context.jobs_wanted.emit()
        self.refresh()

    def _promote(self, version: str) -> None:
        appliance, property_name, name = self.context.appliance, self.context.property_name, self.chosen
        told = Notice(f"Version {version} answers from now on.")
        self.context.do(lambda: appliance.promote(property_name, name, version), lambda _: self._changed(told))

    def _roll_back(self) -> None:
        appliance, property_name, name = self.context.appliance, self.context.property_name, self.chosen
        module = self._module(name)
        before = version_before(module) if module is not None else "what was live before"
        told = Notice(f"{before[:1].upper()}{before[1:]} answers again.")
        self.context.do(lambda: appliance.rollback(property_name, name), lambda _: self._changed(told))

    def _changed(self, told: Notice) -> None:
        self.context.tell(told)
        self.refresh()


def _training_words(running: list[str]) -> str:
    if running:
        return "Training runs in the background; everything else keeps working"
    return "Each module is judged on nights it had not seen, beside the plain rule it must beat"
