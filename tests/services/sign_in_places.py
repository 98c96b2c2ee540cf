"""Places that stand in for those of a system: a registry that is a dictionary."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

Values = dict[str, object]


class FakeRegistry:
    """Does as `winreg` does with the keys of one user: what is not there raises FileNotFoundError."""

    HKEY_CURRENT_USER, KEY_READ, KEY_SET_VALUE, REG_SZ = "user", 1, 2, "text"

    def __init__(self, **keys: Values) -> None:
        self.keys: dict[str, Values] = dict(keys)

    @contextmanager
    def OpenKey(self, root: str, path: str, reserved: int = 0, access: int = KEY_READ) -> Iterator[tuple[Values, int]]:
        assert (root, reserved) == (self.HKEY_CURRENT_USER, 0)
        if path not in self.keys:
            raise FileNotFoundError(2, "The system cannot find the file specified")
        yield self.keys[path], access

    @contextmanager
    def CreateKey(self, root: str, path: str) -> Iterator[tuple[Values, int]]:
        assert root == self.HKEY_CURRENT_USER
        yield self.keys.setdefault(path, {}), self.KEY_READ | self.KEY_SET_VALUE

    def QueryValueEx(self, key: tuple[Values, int], name: str) -> tuple[object, str]:
        if name not in key[0]:
            raise FileNotFoundError(2, "The system cannot find the file specified")
        return key[0][name], self.REG_SZ

    def SetValueEx(self, key: tuple[Values, int], name: str, reserved: int, kind: str, value: object) -> None:
        assert key[1] & self.KEY_SET_VALUE, "the key was opened to read"
        assert (reserved, kind) == (0, self.REG_SZ), "any other kind would have %NAMES% replaced"
        key[0][name] = value

    def DeleteValue(self, key: tuple[Values, int], name: str) -> None:
        assert key[1] & self.KEY_SET_VALUE, "the key was opened to read"
        if name not in key[0]:
            raise FileNotFoundError(2, "The system cannot find the file specified")
        del key[0][name]
