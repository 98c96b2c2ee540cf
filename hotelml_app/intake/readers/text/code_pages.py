"""Which code page of one byte a letter a text is in, of Windows, of DOS, of a Mac or of Linux.

A byte is a letter in most of them. But a word is spelt in one language, so what is read in the wrong code page is full of
words that no language writes: "Pøíjezd" has a letter of Danish beside one of Spanish, "za³o¿ono" signs in its middle.
"""

from __future__ import annotations

import re
from itertools import islice

CODE_PAGE, DOS = "cp1252", "cp850"

_SAMPLE = 2**20
_MOST_WORDS = 3_000
_FEWEST_ODD = 2
"""Words that no language writes, before a text is taken out of the code page that it seems to be in."""
_MANY_TIMES = 4
"""How much fewer such words the other code page must leave."""

_DOS_LETTERS = re.compile(
    rb"(?<=[A-Za-z])[\x81-\x84\x86-\x89\x8b\x8d\x94\x95\x98\x9b\xa1-\xa4](?=[a-z])|(?<=[A-Z])[\x8f\x90\x99\x9d](?=[A-Z])"
)
"""Letters of DOS within words; for Windows quotation marks, signs, or nothing at all."""
_OTHER_LETTERS = re.compile(rb"(?<=[A-Za-z])[\xc0-\xe0\xe2-\xff](?=[a-z])|(?<=[a-z])[\x8e\x8f\x90\x99-\x9a\x9d\x9f](?=[a-z])")
"""Letters of Windows, and capitals of DOS among small letters: these are of other code pages."""
_SURELY = 4

_WORD = re.compile(rb"[A-Za-z\x80-\xff]{2,40}")
_MARKS = re.compile("[‘’‚“”„–—…•\u00a0«»€™®©°´§º¹²³ª·]+")
_GERMAN, _ESTONIAN = "äöüßé", "äöõüšž"
_WESTERN = (
    *("àâæçéêëîïôœùûüÿè", _GERMAN, "áéíñóúü", "áâãàçéêíóôõú", "àèéìòùî", "àèéíïòóúüç", "åäöæøéü", "éëïöüèê", "áðéíóúýþæö"),
    _ESTONIAN,
)
"""Letters with marks: French, German, Spanish, Portuguese, Italian, Catalan, Nordic, Dutch, Icelandic; Estonian, Finnish."""
_CENTRAL = ("áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "ąćęłńóśźż", "áéíóöőúüű", "čćđšž", "ăâîșțşţ", _GERMAN)
"""Czech, Slovak, Polish, Hungarian, Croatian with Slovene and Serbian, Romanian, German."""
_BALTIC = ("ąčęėįšųūž", "āčēģīķļņšūž", _ESTONIAN)
_TURKISH = ("çğıöşüâîi\u0307",)
_CYRILLIC = ("абвгдежзийклмнопрстуфхцчшщъыьэюяёђѓєѕіїјљњћќўџґ",)
_GREEK = ("αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ",)
_NEVER_WEST = re.compile(r"[èì](?=[aeiouáéíóú])|ì(?=.)|ù(?=[^s])|õ(?!e)|ã(?![eos])|[øæ](?=[øæ])|þ$|^ð|\w{3}ý$")
"""What is written nowhere in the West, though its letters are; õ is at home before every letter in Estonian."""
_OTHERS = {
    "cp1250": _CENTRAL,
    "cp852": _CENTRAL,
    "iso8859_2": _CENTRAL,
    CODE_PAGE: _WESTERN,
    DOS: _WESTERN,
    "mac_roman": _WESTERN,
    "cp1254": _TURKISH,
    "cp857": _TURKISH,
    "cp1251": _CYRILLIC,
    "cp866": _CYRILLIC,
    "koi8_r": _CYRILLIC,
    "cp1253": _GREEK,
    "cp1257": _BALTIC,
}
CODE_PAGES = tuple(_OTHERS)


def told_apart(data: bytes) -> str:
    """Return the code page that a text is in which is no UTF-8."""
    seems = DOS if _is_dos(data) else CODE_PAGE
    words = set(islice((word for word in _WORD.findall(data[:_SAMPLE]) if not word.isascii()), _MOST_WORDS))
    odd = _odd_words(words, seems)
    if odd < _FEWEST_ODD:
        return seems
    fewest, place = min((_odd_words(words, one), place) for place, one in enumerate(CODE_PAGES))
    return CODE_PAGES[place] if fewest * _MANY_TIMES <= odd else seems


def _is_dos(data: bytes) -> bool:
    """Return whether bytes within words are letters in the code page of DOS and make no sense in that of Windows."""
    letters = sum(1 for _ in _DOS_LETTERS.finditer(data))
    return letters > _SURELY * sum(1 for _ in _OTHER_LETTERS.finditer(data))


def _odd_words(words: set[bytes], encoding: str) -> int:
    """Return how many words are in no language that uses the code page."""
    languages = _OTHERS[encoding]
    return sum(not all(_is_written(part, languages) for part in _MARKS.split(word.decode(encoding, "replace"))) for word in words)


def _is_written(word: str, languages: tuple[str, ...]) -> bool:
    if word.isascii():
        return True
    if not word.isalpha() or not (word.islower() or word.isupper() or word[1:].islower()):
        return False
    small = word.lower()
    marked = {letter for letter in small if not letter.isascii()}
    if languages is _WESTERN and _NEVER_WEST.search(small) and not marked <= set(_ESTONIAN):
        return False
    if languages in (_CYRILLIC, _GREEK) and len(marked) < len(set(small)):
        return False
    return any(marked <= set(letters) for letters in languages)
