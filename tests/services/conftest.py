from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from handed_over import MAIL, learn, names_of
from signed_updates import KEY, trust
from small_hotel import NAME, open_at_morning

sys.path.insert(0, str(Path(__file__).parent))

from cut_in_two import NEW, renamed_export

from hotelml_app.core.events import Warned
from hotelml_app.schedule.errands import Errands
from hotelml_app.services.appliance import Appliance
from hotelml_app.services.report.views import Report
from hotelml_app.settings.home import HomeLayout
from hotelml_app.settings.model import ApiSettings, BackupSettings, PropertySettings, Settings
from hotelml_app.settings.secrets import EMAIL_PASSWORD


@pytest.fixture(scope="session")
def weighed_home(filled_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The filled home once its rates were looked at; never to be changed."""
    home = tmp_path_factory.mktemp("weighed") / "home"
    shutil.copytree(filled_home, home)
    with open_at_morning(home) as appliance:
        assert appliance.rates(NAME).days
    return home


@pytest.fixture(scope="session")
def stick(filled_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A hand-over file of the small hotel with two models of three; never to be changed."""
    folder = tmp_path_factory.mktemp("usb")
    home = folder / "home"
    shutil.copytree(filled_home, home)
    with open_at_morning(home) as appliance:
        own = PropertySettings(name=NAME, drop_folder=str(folder / "exports"), country="PT", polling=True)
        rules = Settings(properties=(own,), backup=BackupSettings(keep=7, copy_to=str(folder)), api=ApiSettings(port=8123))
        appliance.save_settings(rules)
        appliance.keep_channel(MAIL, {EMAIL_PASSWORD: "geheim"})
        learn(appliance, 1.0, 2.0)
        learn(appliance, 9.0, live=False)
        appliance.events.publish(Warned("disk:low", "The disk is almost full", "2 % left."))
        appliance.events.publish(Warned("doctor:1", "An export has new columns", "Look."))
        written = appliance.hand_over(folder / "city", "")
    assert written.models == 2
    return written.file


@pytest.fixture
def other(tmp_path: Path) -> HomeLayout:
    """The home of another PC, still empty."""
    return HomeLayout(tmp_path / "other PC")


@pytest.fixture
def trusting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> HomeLayout:
    """An empty home on a Linux PC whose HotelML 0.1.0 trusts the key of the tests."""
    trust(monkeypatch, tmp_path, KEY)
    layout = HomeLayout(tmp_path / "home")
    layout.prepare()
    return layout


@pytest.fixture
def errands() -> Iterator[Errands]:
    """What the timetable begins, ended with the test."""
    made = Errands()
    made.start()
    yield made
    made.stop()


@pytest.fixture
def two(appliance: Appliance, tmp_path: Path) -> Appliance:
    """The small hotel, cut in two."""
    (done,) = appliance.import_files([renamed_export(tmp_path)])
    assert done.status == "done"
    assert names_of(appliance) == [NAME, NEW]
    return appliance


@pytest.fixture(scope="module")
def hotel(filled_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Appliance]:
    """The small hotel, which keeps its predictions from one test to the next."""
    home = tmp_path_factory.mktemp("report") / "home"
    shutil.copytree(filled_home, home)
    with open_at_morning(home) as opened:
        yield opened


@pytest.fixture(scope="module")
def report(hotel: Appliance) -> Report:
    return hotel.report(NAME)
