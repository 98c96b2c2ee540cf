"""English phrases."""

from __future__ import annotations

from hotelml_app.simulator.phrases.grammar import Grammar

GOOD = {
    "room": (
        "The room was {very} spacious and bright.",
        "Our room had everything we needed.",
        "The suite was {very} comfortable.",
        "Lovely modern furniture and a big wardrobe.",
        "The bathroom was newly renovated and {very} nice.",
        "No complaints about the room at all.",
    ),
    "cleanliness": (
        "Everything was {very} clean.",
        "The bathroom was spotless.",
        "Housekeeping did a perfect job every day.",
        "Fresh towels and not a speck of dust anywhere.",
        "The whole place was immaculate.",
    ),
    "staff": (
        "The staff were {very} friendly and helpful.",
        "Reception could not have been kinder.",
        "Check-in was quick and welcoming.",
        "The receptionist gave us great tips for the city.",
        "The team went out of their way for us.",
    ),
    "food": (
        "The breakfast was {very} good with plenty of choice.",
        "Excellent coffee and fresh bread in the morning.",
        "Dinner in the restaurant was delicious.",
        "The breakfast buffet never ran out of anything.",
        "The food was {very} tasty.",
    ),
    "location": (
        "The location is {very} convenient.",
        "Five minutes on foot to everything we wanted to see.",
        "The metro stop is right next door.",
        "Great position, close to shops and restaurants.",
        "You could not ask for a better location.",
    ),
    "facilities": (
        "The pool and the gym were {very} good.",
        "The wifi was fast everywhere.",
        "The rooftop terrace is wonderful.",
        "Plenty of parking in the garage.",
        "The spa was a real treat.",
    ),
    "value": (
        "Great value for money.",
        "The price was {very} fair for what you get.",
        "Worth every cent.",
        "You will not find better for this price.",
        "Cheaper than we expected and better too.",
    ),
    "noise": (
        "It was {very} quiet at night.",
        "We did not hear a thing from the street.",
        "The windows keep the noise out perfectly.",
        "A calm place in the middle of the city.",
        "No noise from the corridor or the neighbours.",
    ),
    "sleep": (
        "The bed was {very} comfortable.",
        "We slept like babies.",
        "Great mattress and soft pillows.",
        "The best night's sleep in weeks.",
        "The blackout curtains helped us sleep in.",
    ),
}
BAD = {
    "room": (
        "The room was {very} small and dark.",
        "The furniture is old and worn.",
        "Our room looked nothing like the photos.",
        "There was hardly space to open a suitcase.",
        "The shower was broken and the carpet stained.",
        "The room was not comfortable.",
    ),
    "cleanliness": (
        "The room was not clean when we arrived.",
        "There were hairs in the shower.",
        "The carpet was {very} dirty.",
        "Dust under the bed and mould in the bathroom.",
        "Nobody cleaned our room for two days.",
    ),
    "staff": (
        "The staff were {very} rude.",
        "Nobody at reception cared about our problem.",
        "We waited forty minutes to check in.",
        "The man at the desk was unfriendly and slow.",
        "Not a single smile from the team.",
    ),
    "food": (
        "The breakfast was {very} poor.",
        "The coffee was undrinkable.",
        "Cold eggs and stale bread every morning.",
        "The restaurant was overpriced and the food bland.",
        "There was almost nothing left at breakfast.",
    ),
    "location": (
        "The location is {very} inconvenient.",
        "It is far from everything.",
        "The area does not feel safe at night.",
        "There is nothing to do nearby.",
        "We needed a taxi for every trip.",
    ),
    "facilities": (
        "The wifi did not work.",
        "The lift was out of order all week.",
        "The gym is a joke.",
        "The pool was closed and nobody told us.",
        "The parking is {very} tight and hard to reach.",
    ),
    "value": (
        "It was {very} overpriced.",
        "Not worth the money at all.",
        "We paid far too much for what we got.",
        "They charge extra for everything.",
        "For this price I expect more.",
    ),
    "noise": (
        "It was {very} noisy all night.",
        "The walls are paper thin.",
        "We heard every car in the street.",
        "The bar below kept us awake until three.",
        "Construction noise started at seven in the morning.",
    ),
    "sleep": (
        "The bed was {very} hard.",
        "We could not sleep at all.",
        "The mattress sagged in the middle.",
        "The pillows were lumpy and thin.",
        "The blanket was far too short.",
    ),
}

GRAMMAR = Grammar(
    code="en",
    very=("very", "really", "so", "extremely", ""),
    but="but",
    small=("The", "It", "We", "You", "Nobody", "There", "Our", "They", "No", "Not"),
    good=GOOD,
    bad=BAD,
    openers=("We stayed for a weekend.", "Second time here.", "Stayed on business.", "We travelled with two children."),
    glad=("We will be back.", "Highly recommended.", "Thank you for a lovely stay."),
    sorry=("We will not come back.", "Very disappointing.", "I cannot recommend it."),
    titles_good=("Wonderful stay", "Perfect for a city break", "Highly recommended", "Exceeded our expectations"),
    titles_mixed=("Good with some flaws", "It was fine", "Mixed feelings", "Decent for one night"),
    titles_bad=("Disappointing", "Never again", "Not what we paid for", "Avoid"),
)
