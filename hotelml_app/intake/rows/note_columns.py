"""Columns of free text, which are never read - but a card number in one is a danger that the hotel should know of."""

from __future__ import annotations

from hotelml_app.intake.identify import Claim
from hotelml_app.intake.proposing.names.header_match import folded

_WORDS = (
    "note, notes, comment, comments, remark, remarks, request, requests, message, messages, memo, instructions, "
    "bemerkung, bemerkungen, kommentar, kommentare, anmerkung, anmerkungen, notiz, notizen, wunsch, wunsche, hinweise, "
    "nota, notas, comentario, comentarios, observacion, observaciones, peticion, peticiones, solicitudes, "
    "remarque, remarques, commentaire, commentaires, demande, demandes, commento, commenti, osservazioni, richieste, "
    "observacao, observacoes, pedidos, not1txt, not2txt"
)
_KNOWN = frozenset(_WORDS.split(", "))


def note_columns(claim: Claim) -> tuple[int, ...]:
    """Return the positions of the columns that hold remarks and that no role takes."""
    used = {position for positions in claim.places.values() for position in positions}
    cells = enumerate(claim.header.cells)
    return tuple(place for place, cell in cells if place not in used and not _KNOWN.isdisjoint(folded(cell[:80]).split()))
