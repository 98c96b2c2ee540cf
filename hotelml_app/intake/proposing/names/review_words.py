"""What sites and systems call the columns of their review exports, in seven languages of Europe.

Written folded, as ``header_match.folded`` writes them. Some words name a text in one file and a score in another; values
decide.
"""

from __future__ import annotations

_ROLES: dict[str, str] = {
    "positive": "positive, positive review, positive comment, positive comments, positives, pros, liked, likes, what was good, "
    "what did you like, reviews positive, good, lob, positiv, positives, positive bewertung, positiver kommentar, gefallen, "
    "was hat ihnen gefallen, was war gut, starken, lo bueno, lo mejor, lo positivo, puntos fuertes, puntos positivos, "
    "aspectos positivos, positivo, positivos, comentario positivo, comentarios positivos, me gusto, le gusto, points forts, "
    "points positifs, positif, positifs, commentaire positif, avis positif, aime, les plus, pregi, punti di forza, punti "
    "positivi, positivi, commento positivo, aspetti positivi, cosa e piaciuto, pontos fortes, pontos positivos, comentarios "
    "positivo, gostei, o que gostou, aspetos positivos, lo que mas gusto, "
    "lo que mas le gusto, comentario positivo, opinion positiva, resena positiva, recensione positiva, avis positif, avaliacao "
    "positiva, positieve beoordeling, positieve recensie, what did you like most about your stay, "
    "pluspunten, positief, goede punten",
    "negative": "negative, negative review, negative comment, negative comments, negatives, cons, disliked, dislikes, what was "
    "bad, what could be better, what did you not like, reviews negative, bad, improvements, kritik, negativ, negatives, "
    "negative bewertung, negativer kommentar, nicht gefallen, was hat ihnen nicht gefallen, was war schlecht, schwachen, "
    "lo malo, lo peor, lo negativo, puntos debiles, puntos negativos, aspectos negativos, negativo, negativos, comentario "
    "negativo, comentarios negativos, no me gusto, no le gusto, points faibles, points negatifs, negatif, negatifs, "
    "commentaire negatif, avis negatif, pas aime, les moins, difetti, punti deboli, punti negativi, negativi, commento "
    "negativo, aspetti negativi, cosa non e piaciuto, pontos fracos, pontos negativos, nao gostei, o que nao gostou, "
    "aspetos negativos, lo que menos gusto, lo que menos le gusto, opinion negativa, resena negativa, recensione "
    "negativa, avis negatif, avaliacao negativa, negatieve beoordeling, negatieve recensie, how could we improve, what could we "
    "improve, what can we do better, what could we do better, room for improvement, verbesserungen, verbesserungsvorschlage, was "
    "konnen wir besser machen, was konnen wir verbessern, points a ameliorer, que pouvons nous ameliorer, aspectos a mejorar, "
    "que podemos mejorar, da migliorare, cosa possiamo migliorare, o que podemos melhorar, a melhorar, verbeterpunten, wat kan "
    "beter, minpunten, negatief, slechte punten",
    "body": "review, reviews, review text, reviews text, full review, review body, review content, guest review, "
    "customer review, text, comment, comments, guest comment, content, body, feedback, opinion, opinions, description, message, "
    "bewertung, bewertungen, bewertungstext, gastebewertung, rezension, rezensionen, kommentar, kommentare, gastekommentar, "
    "meinung, resena, resenas, opinion, opiniones, comentario, comentarios, texto, texto de la opinion, critica, valoracion, "
    "avis, commentaire, commentaires, texte, critique, contenu, recensione, recensioni, commento, commenti, testo, opinione, "
    "avaliacao, avaliacoes, comentario, opiniao, resenha, recensie, recensies, beoordeling, opmerking, opmerkingen, tekst",
    "title": "title, review title, reviews title, headline, heading, subject, summary, titel, bewertungstitel, uberschrift, "
    "ueberschrift, betreff, titulo, asunto, encabezado, titre, sujet, titolo, oggetto, assunto, onderwerp",
    "score": "score, review score, reviewer score, rating, ratings, review rating, reviews rating, guest rating, star rating, "
    "stars, star, points, overall, overall rating, overall score, total score, grade, mark, sterne, anzahl sterne, punkte, "
    "punktzahl, note, gesamtnote, bewertung, gesamtbewertung, wertung, bewertungspunkte, puntuacion, puntuacion total, "
    "puntaje, nota, estrellas, calificacion, valoracion, valoracion global, puntos, etoiles, note globale, notation, score "
    "global, voto, voti, punteggio, stelle, valutazione, giudizio, pontuacao, nota geral, classificacao, avaliacao, "
    "estrelas, pontos, cijfer, sterren, waardering, beoordeling, totaalscore, "
    "satisfaction, satisfied, zufriedenheit, zufrieden, satisfaccion, satisfecho, soddisfazione, soddisfatto, satisfait, "
    "satisfacao, satisfeito, tevredenheid, tevreden, bewertungsergebnis, bewertungsnote",
    "reviewed_on": "date, review date, reviews date, date of review, reviewed on, reviewed at, created, created at, date added, "
    "published, published at, published date, posted, posted on, posted at, submitted, submitted at, time, timestamp, "
    "review time, datum, bewertungsdatum, bewertet am, erstellt am, veroffentlicht am, abgegeben am, fecha, fecha de la "
    "opinion, fecha de opinion, fecha resena, fecha de resena, fecha de valoracion, publicado, publicado el, date avis, "
    "date de l avis, date de publication, publie le, data, data recensione, data della recensione, pubblicato il, data da "
    "avaliacao, data avaliacao, data do comentario, publicado em, datum recensie, geplaatst op, "
    "survey date, date posted, zeitstempel, horodateur, marca temporal, carimbo de data hora, informazioni cronologiche, "
    "tijdstempel",
    "review_id": "id, review id, reviews id, reviewid, review number, review no, bewertungs id, bewertungsnummer, id opinion, "
    "id resena, id avis, id recensione, id avaliacao",
    "property": "hotel, hotel name, property, property name, hotelname, unterkunft, alojamiento, nombre del hotel, nombre hotel, "
    "establecimiento, etablissement, nom de l hotel, struttura, nome hotel, nome struttura, alojamento, nome do hotel, "
    "propriedade, accommodatie",
    "language": "language, lang, review language, language code, sprache, idioma, langue, lingua, taal",
}

ROLES_OF_REVIEWS: dict[str, tuple[str, ...]] = {
    role: tuple(dict.fromkeys(word.strip() for word in words.split(","))) for role, words in _ROLES.items()
}

SURELY_REVIEWS = (
    "review",
    "reviews",
    "review text",
    "reviews text",
    "full review",
    "guest review",
    "customer review",
    "bewertung",
    "bewertungen",
    "bewertungstext",
    "gastebewertung",
    "rezension",
    "rezensionen",
    "resena",
    "resenas",
    "avis",
    "recensione",
    "recensioni",
    "avaliacao",
    "avaliacoes",
    "resenha",
    "recensie",
    "recensies",
)
"""Names of a text that no list of bookings has: a file with such a text holds reviews even where no score stands beside it."""
