from __future__ import annotations

import sys

import pytest

from hotelml_app.core.set_up import set_up_again


@pytest.mark.parametrize(("system", "command"), [("linux", "python3 packaging"), ("win32", "py packaging")])
def test_the_command_is_one_that_this_system_has(system: str, command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", system)
    assert f": {command}/bootstrap.py" in set_up_again()


def test_the_packed_program_is_installed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert set_up_again() == "Install HotelML again."
