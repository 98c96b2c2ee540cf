"""French phrases."""

from __future__ import annotations

from hotelml_app.simulator.phrases.grammar import Grammar

GOOD = {
    "room": (
        "La chambre était {very} spacieuse et lumineuse.",
        "Notre chambre avait tout ce qu'il faut.",
        "La salle de bain est neuve et {very} belle.",
        "Le mobilier est moderne et de bon goût.",
        "Rien à redire sur la chambre.",
    ),
    "cleanliness": (
        "Tout était {very} propre.",
        "La salle de bain était impeccable.",
        "Le ménage était parfait chaque jour.",
        "Des serviettes fraîches et pas un grain de poussière.",
        "L'hôtel entier brillait de propreté.",
    ),
    "staff": (
        "Le personnel était {very} aimable et serviable.",
        "L'accueil était chaleureux.",
        "L'enregistrement a été rapide et simple.",
        "L'équipe nous a donné d'excellents conseils.",
        "Le réceptionniste s'est mis en quatre pour nous.",
    ),
    "food": (
        "Le petit déjeuner était {very} bon et varié.",
        "Le café était excellent.",
        "Le dîner au restaurant était délicieux.",
        "Des fruits frais et du pain chaud chaque matin.",
        "La cuisine est {very} savoureuse.",
    ),
    "location": (
        "L'emplacement est {very} pratique.",
        "Tout est à cinq minutes à pied.",
        "Le métro est juste à côté.",
        "On ne peut rêver meilleure situation.",
        "Proche des magasins et des restaurants.",
    ),
    "facilities": (
        "La piscine et la salle de sport sont {very} bien.",
        "Le wifi était rapide partout.",
        "La terrasse est une merveille.",
        "Le parking est grand et facile d'accès.",
        "Le spa est un vrai bonheur.",
    ),
    "value": (
        "Le rapport qualité-prix est {very} bon.",
        "Le prix est plus que correct.",
        "Ça vaut chaque centime.",
        "On ne trouve pas mieux à ce prix.",
        "Moins cher que prévu et bien mieux.",
    ),
    "noise": (
        "C'était {very} calme la nuit.",
        "On n'entend rien de la rue.",
        "Les fenêtres isolent parfaitement du bruit.",
        "Un havre de paix en pleine ville.",
        "Aucun bruit des voisins.",
    ),
    "sleep": (
        "Le lit était {very} confortable.",
        "Nous avons dormi à merveille.",
        "Le matelas était parfait.",
        "Les oreillers étaient doux et grands.",
        "La meilleure nuit depuis longtemps.",
    ),
}
BAD = {
    "room": (
        "La chambre était {very} petite et sombre.",
        "Le mobilier est vieux et usé.",
        "La chambre ne ressemblait pas du tout aux photos.",
        "Il n'y avait presque pas de place pour la valise.",
        "La douche était cassée et la moquette tachée.",
    ),
    "cleanliness": (
        "La chambre n'était pas propre.",
        "Il y avait des cheveux dans la douche.",
        "La moquette était {very} sale.",
        "De la poussière sous le lit et de la moisissure dans la salle de bain.",
        "Personne n'a fait le ménage pendant deux jours.",
    ),
    "staff": (
        "Le personnel était {very} désagréable.",
        "Personne à la réception ne s'est soucié de notre problème.",
        "Nous avons attendu quarante minutes à l'arrivée.",
        "Le réceptionniste était impoli et lent.",
        "Pas un sourire de tout le séjour.",
    ),
    "food": (
        "Le petit déjeuner était {very} décevant.",
        "Le café était imbuvable.",
        "Des œufs froids et du pain rassis chaque matin.",
        "Le restaurant est cher et les plats fades.",
        "Il ne restait presque rien au petit déjeuner.",
    ),
    "location": (
        "L'emplacement est {very} mauvais.",
        "C'est loin de tout.",
        "Le quartier n'est pas rassurant la nuit.",
        "Il n'y a rien à faire autour.",
        "Il fallait un taxi pour tout.",
    ),
    "facilities": (
        "Le wifi ne marchait pas.",
        "L'ascenseur était en panne toute la semaine.",
        "La salle de sport est une blague.",
        "La piscine était fermée et personne ne nous a prévenus.",
        "Le parking est {very} étroit.",
    ),
    "value": (
        "C'est {very} cher pour ce que c'est.",
        "Ça ne vaut pas son prix.",
        "Nous avons payé beaucoup trop.",
        "Tout est facturé en supplément.",
        "À ce prix j'attends bien mieux.",
    ),
    "noise": (
        "C'était {very} bruyant toute la nuit.",
        "Les murs sont en papier.",
        "On entendait chaque voiture.",
        "Le bar en dessous nous a empêchés de dormir jusqu'à trois heures.",
        "Des travaux dès sept heures du matin.",
    ),
    "sleep": (
        "Le lit était {very} dur.",
        "Impossible de dormir.",
        "Le matelas était affaissé.",
        "Les oreillers étaient plats et bosselés.",
        "La couverture était trop courte.",
    ),
}

GRAMMAR = Grammar(
    code="fr",
    very=("très", "vraiment", "extrêmement", ""),
    but="mais",
    small=("La", "Le", "Les", "Tout", "On", "Il", "Nous", "Personne", "C'était", "L'emplacement", "L'accueil"),
    good=GOOD,
    bad=BAD,
    openers=("Nous sommes restés un week-end.", "Deuxième séjour dans cet hôtel.", "Voyage d'affaires."),
    glad=("Nous reviendrons.", "À recommander sans hésiter.", "Merci pour ce beau séjour."),
    sorry=("Nous ne reviendrons pas.", "Une déception.", "Je ne recommande pas."),
    titles_good=("Séjour merveilleux", "À recommander", "Tout était parfait", "Mieux que prévu"),
    titles_mixed=("Bien avec quelques défauts", "Correct sans plus", "Avis partagé", "Passable pour une nuit"),
    titles_bad=("Décevant", "Plus jamais", "Ne vaut pas son prix", "À éviter"),
)
