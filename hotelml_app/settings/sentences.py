"""Pydantic's findings as sentences that name the key, the line and the nearest key that exists."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, get_args, get_origin

from pydantic import BaseModel, ValidationError

from hotelml_app.settings.lines import line_of

_SHOWN = 5


def sentences(error: ValidationError, model: type[BaseModel], text: str, table: tuple[str | int, ...] = ()) -> str:
    """Return what is wrong, one sentence per finding, with lines counted in ``text``; ``table`` is where ``model`` stands."""
    findings = error.errors(include_url=False, include_context=False)
    told = [_sentence(finding, model, text, table) for finding in findings[:_SHOWN]]
    if len(findings) > _SHOWN:
        told.append(f"There are {len(findings) - _SHOWN} more.")
    return " ".join(told)


def nearest(word: str, valid: Iterable[str]) -> str | None:
    """Return the valid word that looks most like ``word``, or None where none does."""
    by_plain = {_plain(candidate): candidate for candidate in valid}
    found = difflib.get_close_matches(_plain(word), by_plain, n=1, cutoff=0.6)
    return by_plain[found[0]] if found else None


def where(text: str, path: tuple[str | int, ...]) -> str:
    """Return " (line N)" for a path in ``text``, or "" where it cannot be told."""
    line = line_of(text, path)
    return f" (line {line})" if line is not None else ""


def _sentence(finding: Mapping[str, Any], model: type[BaseModel], text: str, table: tuple[str | int, ...]) -> str:
    path: tuple[str | int, ...] = tuple(finding["loc"])
    name, line = _written((*table, *path)), where(text, (*table, *path))
    kind = finding["type"]
    if kind == "extra_forbidden":
        return f"There is no setting {name}{line}.{_suggestion(path, model)}"
    if kind == "missing":
        return f"{name} is missing{line}."
    message = re.sub(r"^Value error, ", "", finding["msg"])
    message = re.sub(r"a valid dictionary or instance of \w+", "a table", message)
    message = re.sub(r"^(Input|String|Tuple|List|Value) should", "it should", message)
    return f"{name}{line} cannot be used: {message}."


def _suggestion(path: tuple[str | int, ...], model: type[BaseModel]) -> str:
    wanted = str(path[-1])
    here = _model_at(model, path[:-1])
    valid = list(here.model_fields) if here is not None else []
    close = nearest(wanted, valid)
    if close is not None:
        return f" Did you mean {close}?"
    elsewhere = [table for table, fields in _tables(model) if wanted in fields]
    if elsewhere:
        return f" It belongs into [{elsewhere[0]}]." if elsewhere[0] else " It belongs at the top of the file."
    return f" Known here: {', '.join(sorted(valid))}." if valid else ""


def _model_at(model: type[BaseModel], path: tuple[str | int, ...]) -> type[BaseModel] | None:
    """Return the table class that ``path`` leads to."""
    annotation: Any = model
    for part in path:
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            field = annotation.model_fields.get(str(part))
            if field is None:
                return None
            annotation = field.annotation
        elif get_origin(annotation) is not None:
            # An array of tables, or a table of tables: the number or name chooses one of its members.
            annotation = next((arg for arg in reversed(get_args(annotation)) if arg is not Ellipsis), None)
    return annotation if isinstance(annotation, type) and issubclass(annotation, BaseModel) else None


def _tables(model: type[BaseModel], path: str = "") -> Iterator[tuple[str, set[str]]]:
    yield path, set(model.model_fields)
    for name, field in model.model_fields.items():
        child = field.annotation
        if isinstance(child, type) and issubclass(child, BaseModel):
            yield from _tables(child, f"{path}.{name}".lstrip("."))


def _written(path: tuple[str | int, ...]) -> str:
    written = ""
    for part in path:
        written += f"[{part + 1}]" if isinstance(part, int) else f".{part}"
    return written.lstrip(".") or "the file"


def _plain(word: str) -> str:
    return re.sub(r"[_\-\s]", "", word).lower()
