"""Phrases about hotels in several languages, by aspect and polarity; read alphabetically by language code."""

from __future__ import annotations

from hotelml_app.simulator.phrases import de, en, es, fr, it, pt
from hotelml_app.simulator.phrases.grammar import Grammar

GRAMMARS: dict[str, Grammar] = {module.GRAMMAR.code: module.GRAMMAR for module in (de, en, es, fr, it, pt)}

__all__ = ["GRAMMARS", "Grammar"]
