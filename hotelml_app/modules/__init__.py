"""The six modules: one folder each, independent of one another, found by themselves."""

from __future__ import annotations

import difflib
import importlib
import pkgutil
from functools import cache

from hotelml_app.ml.contract import ModuleManifest
from hotelml_app.modules.errors import BrokenModuleError, UnknownModuleError


@cache
def _found() -> tuple[ModuleManifest, ...]:
    names = sorted(info.name for info in pkgutil.iter_modules(__path__) if info.ispkg)
    return tuple(_manifest_in(name) for name in names)


def _manifest_in(folder: str) -> ModuleManifest:
    """Return the manifest of one folder. Raises BrokenModuleError where it has none or names another module."""
    found = getattr(importlib.import_module(f"{__name__}.{folder}"), "MANIFEST", None)
    if not isinstance(found, ModuleManifest) or found.name != folder:
        raise BrokenModuleError(
            f"The module folder {folder} has no manifest of that name.",
            remedy="Install HotelML again; if you wrote the module yourself, give it a MANIFEST named after its folder.",
        )
    return found


def discover() -> dict[str, ModuleManifest]:
    """Return the manifests of all modules by name, in alphabetical order; nothing heavy is imported."""
    return {found.name: found for found in _found()}


def title_of(name: str) -> str:
    """Return what staff call a module; its own name where its folder is not there (any more)."""
    found = discover().get(name)
    return found.title if found is not None else name


def manifest(name: str) -> ModuleManifest:
    """Return one module's manifest. Raises UnknownModuleError naming those that exist."""
    modules = discover()
    if name in modules:
        return modules[name]
    near = difflib.get_close_matches(name, modules, n=1)
    hint = f"Did you mean {near[0]}? " if near else ""
    raise UnknownModuleError(f"There is no module called {name!r}.", remedy=f"{hint}There are: {', '.join(modules)}.")
