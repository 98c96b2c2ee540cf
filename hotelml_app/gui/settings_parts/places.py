"""Countries and currencies to choose from, as Qt knows them."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QLocale

from hotelml_app.settings.countries import is_country

Choices = tuple[tuple[str, str], ...]
"""Pairs of code and words."""


_NO_COUNTRIES = ("EU", "EZ", "UN", "ZZ")


@cache
def countries() -> Choices:
    """Return ISO 3166 alpha-2 codes with English names, by name; the first is "not told"."""
    found = {}
    for country in QLocale.Country:
        code = QLocale.territoryToCode(country)
        if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRIES and is_country(code):
            found[code] = QLocale.territoryToString(country)
    return (("", "Not told"), *sorted(found.items(), key=lambda pair: pair[1]))


@cache
def currencies() -> Choices:
    """Return ISO 4217 codes in use somewhere; the first is "not told"."""
    codes = {currency_of(code) for code, _ in countries()} - {""}
    return (("", "Not told"), *((code, code) for code in sorted(codes)))


def currency_of(country: str) -> str:
    """Return the currency of a country, or ""."""
    if not country:
        return ""
    code = QLocale(f"und_{country}").currencySymbol(QLocale.CurrencySymbolFormat.CurrencyIsoCode)
    return code if len(code) == 3 and code.isalpha() else ""
