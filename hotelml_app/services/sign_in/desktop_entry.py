"""Desktop entries as freedesktop.org specifies them (Desktop Entry Specification 1.5): the command line and the few keys read."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

_GROUP = "[Desktop Entry]"
_RESERVED = frozenset(" \t\n\r\"'\\><~|&;$*?#()`")
"""What makes it necessary to quote an argument."""

_BLANK = " \t\r"
"""What may stand around keys and values; a hard space is part of a name."""

_VALUE_ESCAPES = {"\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_VALUE_MEANS = {"\\": "\\", "n": "\n", "t": "\t", "r": "\r", "s": " "}
_WORD = re.compile(r'"((?:\\.|[^"\\])*)"|([^ \t\n\r"]+)', re.DOTALL)


def exec_value(command: Sequence[str]) -> str:
    """Return a command as the value of ``Exec``: quoted as an argument first, escaped as a text after."""
    return escaped(" ".join(map(_quoted, command)))


def escaped(text: str) -> str:
    """Return a text as the value of a key."""
    return "".join(_VALUE_ESCAPES.get(sign, sign) for sign in text)


def command_of(value: str) -> list[str]:
    """Return the program and the arguments that an ``Exec`` value means, without the files a menu would add."""
    text = re.sub(r"\\(.)", lambda found: _VALUE_MEANS.get(found[1], found[0]), value)
    words = []
    for found in _WORD.finditer(text):
        quoted, plain = found.groups()
        word = _without_fields(plain if quoted is None else re.sub(r"\\(.)", r"\1", quoted, flags=re.DOTALL))
        if word or quoted is not None:
            words.append(word)
    return words


def keys_of(text: str) -> Mapping[str, str]:
    """Return the keys of an entry as they stand there; what follows the group, or is no key, is left out."""
    keys: dict[str, str] = {}
    inside = False
    for line in text.split("\n"):
        line = line.strip(_BLANK)
        if line.startswith("["):
            inside = line == _GROUP
        elif inside and "=" in line and not line.startswith("#"):
            name, _, value = line.partition("=")
            keys.setdefault(name.strip(_BLANK), value.strip(_BLANK))
    return keys


def entry(keys: Mapping[str, str]) -> str:
    """Return an entry with these keys, whose values are escaped already."""
    return "\n".join([_GROUP, *(f"{name}={value}" for name, value in keys.items()), ""])


def _quoted(word: str) -> str:
    word = word.replace("%", "%%")
    if word and not _RESERVED & set(word):
        return word
    return '"' + re.sub(r'(["`$\\])', r"\\\1", word) + '"'


def _without_fields(word: str) -> str:
    """Take away %u and its like; %% is a percent sign."""
    return re.sub(r"%(.)?", lambda found: "%" if found[1] == "%" else "", word, flags=re.DOTALL)
