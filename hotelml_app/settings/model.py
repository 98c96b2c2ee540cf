"""What may be set, with its defaults and bounds: one class per table of ``settings.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Literal

from pydantic import AfterValidator, AliasChoices, Field, field_validator

from hotelml_app.core.paths import unquoted
from hotelml_app.core.property_names import LONGEST_NAME, folded
from hotelml_app.core.training_config import (
    DEFAULT_MIN_DATA_POINTS,
    DEFAULT_TIME_LIMIT_S,
    DEFAULT_VALIDATION_SPLIT,
    ModuleTrainingConfig,
)
from hotelml_app.settings.channels import EmailSettings, WebhookSettings
from hotelml_app.settings.countries import country_code
from hotelml_app.settings.crontab import check_crontab
from hotelml_app.settings.table import Table

SETTINGS_VERSION = 1

MOST_MONEY = 1e9
"""What a room may cost or miss at most: a night is millions in dong, rupiah and some other currencies."""

_DAY_S = 86_400.0


def _currency(text: str) -> str:
    code = text.strip().upper()
    if code and not (len(code) == 3 and code.isascii() and code.isalpha()):
        raise ValueError("a currency is written with the three letters of ISO 4217, for example EUR")
    return code


FolderName = Annotated[str, AfterValidator(unquoted)]


class PropertySettings(Table):
    """One hotel. ``drop_folder`` "" is the folder ``drop`` of the home; ``polling`` is for network shares that send no events.

    ``walk_cost`` is what walking a guest costs per night and ``room_value`` what an empty room misses, in the property's
    currency; where they are not told, both follow the expected rate. At most ``most_overbooked`` rooms are sold beyond the house.
    """

    name: Annotated[str, Field(min_length=1, max_length=LONGEST_NAME)]
    drop_folder: FolderName = ""
    country: Annotated[str, AfterValidator(country_code)] = ""
    currency: Annotated[str, AfterValidator(_currency)] = ""
    polling: bool = False
    walk_cost: Annotated[float, Field(gt=0, le=MOST_MONEY)] | None = None
    room_value: Annotated[float, Field(gt=0, le=MOST_MONEY)] | None = None
    most_overbooked: Annotated[int, Field(ge=0, le=1000)] | None = None

    @field_validator("name")
    @classmethod
    def _name_is_a_word(cls, name: str) -> str:
        if not name.strip():
            raise ValueError("a property needs a name")
        return name.strip()


class IntakeSettings(Table):
    """How the drop folder is watched."""

    stable_after_s: Annotated[float, Field(gt=0, le=3600)] = 5.0
    rescan_every_s: Annotated[float, Field(ge=1, le=_DAY_S)] = 300.0


class ModuleTraining(Table):
    """Training of one module; the origin's spellings ``minDataPoints``, ``validationSplit`` and ``timeLimitS`` are understood."""

    schedule: Annotated[str, AfterValidator(check_crontab)] = "30 3 * * *"
    min_data_points: Annotated[int, Field(ge=1, validation_alias=AliasChoices("min_data_points", "minDataPoints"))] = (
        DEFAULT_MIN_DATA_POINTS
    )
    validation_split: Annotated[
        float, Field(gt=0, le=0.5, validation_alias=AliasChoices("validation_split", "validationSplit"))
    ] = DEFAULT_VALIDATION_SPLIT
    hyperparameters: Mapping[str, object] = {}
    time_limit_s: Annotated[float, Field(gt=0, le=_DAY_S, validation_alias=AliasChoices("time_limit_s", "timeLimitS"))] = (
        DEFAULT_TIME_LIMIT_S
    )
    enabled: bool = True

    def config(self) -> ModuleTrainingConfig:
        """Return the same as the value that modules get."""
        return ModuleTrainingConfig(**{name: getattr(self, name) for name in type(self).model_fields})


class TrainingSettings(Table):
    """When and how hard to train. ``max_children`` 0 is one per core for a command, and one less beside a window or ``serve``.

    New data asks for training once it grew by ``growth_share`` and by ``growth_min`` data points.
    """

    enabled: bool = True
    max_children: Annotated[int, Field(ge=0, le=64)] = 0
    growth_share: Annotated[float, Field(ge=0, le=1)] = 0.02
    growth_min: Annotated[int, Field(ge=1)] = 200
    modules: Mapping[str, ModuleTraining] = {}


class CollectorSettings(Table):
    """How many training data points wait in memory, and for how long."""

    buffer_size: Annotated[int, Field(ge=1, le=1_000_000)] = 10_000
    flush_after_s: Annotated[float, Field(gt=0, le=_DAY_S)] = 30.0


class AppearanceSettings(Table):
    """How the window looks."""

    theme: Literal["system", "light", "dark"] = "system"


class BackupSettings(Table):
    """The copy of the database that is made every night. ``copy_to`` is a folder on another disk that it also goes to."""

    daily: bool = True
    keep: Annotated[int, Field(ge=2, le=365)] = 10
    copy_to: FolderName = ""


class ReportSettings(Table):
    """The workbook that is written every morning into ``folder``, "" for none; the latest ``keep`` of a property stay."""

    folder: FolderName = ""
    keep: Annotated[int, Field(ge=2, le=365)] = 14


class NotificationSettings(Table):
    """What the desktop shows while the window is not in front: nothing, what wants a person, or all that was done too.

    ``email`` and ``webhook`` are off, and nothing leaves this PC, until somebody sets them up.
    """

    desktop: Literal["off", "warnings", "all"] = "warnings"
    email: EmailSettings = EmailSettings()
    webhook: WebhookSettings = WebhookSettings()


class ApiSettings(Table):
    """The loopback API; port 0 lets the system choose a free one."""

    port: Annotated[int, Field(ge=0, le=65_535)] = 0


class Settings(Table):
    """Everything that may be set, as kept in ``settings.toml``."""

    version: int = SETTINGS_VERSION
    properties: tuple[PropertySettings, ...] = ()
    intake: IntakeSettings = IntakeSettings()
    training: TrainingSettings = TrainingSettings()
    collector: CollectorSettings = CollectorSettings()
    appearance: AppearanceSettings = AppearanceSettings()
    backup: BackupSettings = BackupSettings()
    report: ReportSettings = ReportSettings()
    notifications: NotificationSettings = NotificationSettings()
    api: ApiSettings = ApiSettings()

    @field_validator("properties")
    @classmethod
    def _names_differ(cls, properties: tuple[PropertySettings, ...]) -> tuple[PropertySettings, ...]:
        names = [folded(one.name) for one in properties]
        twice = next((one.name for one in properties if names.count(folded(one.name)) > 1), None)
        if twice is not None:
            raise ValueError(f"two properties are called {twice!r}")
        return properties

    def property(self, name: str) -> PropertySettings | None:
        """Return the settings of the property ``name`` (upper and lower case are one), or None."""
        return next((one for one in self.properties if folded(one.name) == folded(name)), None)


def training_config(settings: Settings, module: str) -> ModuleTrainingConfig:
    """Return how ``module`` is to be trained; it is off where training as a whole is off."""
    chosen = settings.training.modules.get(module, ModuleTraining())
    return chosen.model_copy(update={"enabled": chosen.enabled and settings.training.enabled}).config()


def training_when_asked(settings: Settings, module: str) -> ModuleTrainingConfig:
    """Return how ``module`` is trained when somebody names it: switched off is that it learns by itself."""
    return replace(training_config(settings, module), enabled=True)
