"""What a file of options asks for is kept with all that follows from it."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import Mock

import pytest
from small_hotel import NAME

from hotelml_app.services.appliance import Appliance
from hotelml_app.services.asking.choose_property import the_one
from hotelml_app.services.asking.operations import operation
from hotelml_app.services.learning import predict
from hotelml_app.services.rates import kept as rates_kept
from hotelml_app.store.errors import DiskFullError


def test_a_file_of_options_that_cannot_be_followed_is_not_kept_either(
    appliance: Appliance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (options := tmp_path / "rates.toml").write_text("rounding = 5\n", encoding="utf-8")
    monkeypatch.setattr(predict, "run", Mock())
    monkeypatch.setattr(predict, "follow", Mock(side_effect=DiskFullError("The disk is full.")))
    with pytest.raises(DiskFullError):
        operation("predict").run(appliance, {"module": "pricing", "options": str(options)})
    assert rates_kept.read(appliance.parts, the_one(appliance.parts.store, NAME)).options == {}
