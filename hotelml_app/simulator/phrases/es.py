"""Spanish phrases."""

from __future__ import annotations

from hotelml_app.simulator.phrases.grammar import Grammar

GOOD = {
    "room": (
        "La habitación era {very} amplia y luminosa.",
        "Nuestra habitación tenía todo lo necesario.",
        "El baño está recién reformado y es precioso.",
        "Los muebles son modernos y de buen gusto.",
        "Ninguna queja de la habitación.",
    ),
    "cleanliness": (
        "Todo estaba {very} limpio.",
        "El baño estaba impecable.",
        "La limpieza diaria fue perfecta.",
        "Toallas limpias y ni una mota de polvo.",
        "El hotel entero brillaba.",
    ),
    "staff": (
        "El personal fue {very} amable y atento.",
        "La recepción nos recibió con una sonrisa.",
        "El registro fue rápido y sencillo.",
        "Los empleados nos dieron consejos estupendos.",
        "El equipo se desvivió por nosotros.",
    ),
    "food": (
        "El desayuno era {very} bueno y variado.",
        "El café era excelente.",
        "La cena del restaurante estaba deliciosa.",
        "Fruta fresca y pan recién hecho cada mañana.",
        "La comida estaba {very} rica.",
    ),
    "location": (
        "La ubicación es {very} buena.",
        "Todo queda a cinco minutos andando.",
        "El metro está justo al lado.",
        "No se puede pedir mejor situación.",
        "Cerca de tiendas y restaurantes.",
    ),
    "facilities": (
        "La piscina y el gimnasio son {very} buenos.",
        "El wifi iba rápido en todas partes.",
        "La terraza es una maravilla.",
        "El aparcamiento es cómodo y grande.",
        "El spa es una delicia.",
    ),
    "value": (
        "La relación calidad-precio es {very} buena.",
        "El precio es más que justo.",
        "Vale cada céntimo.",
        "No encontrará nada mejor por este precio.",
        "Más barato de lo esperado y mucho mejor.",
    ),
    "noise": (
        "Por la noche es {very} tranquilo.",
        "No se oye nada de la calle.",
        "Las ventanas aíslan perfectamente del ruido.",
        "Un remanso de paz en plena ciudad.",
        "Ningún ruido de los vecinos.",
    ),
    "sleep": (
        "La cama era {very} cómoda.",
        "Dormimos de maravilla.",
        "El colchón era perfecto.",
        "Las almohadas eran suaves y grandes.",
        "Hacía tiempo que no dormía tan bien.",
    ),
}
BAD = {
    "room": (
        "La habitación era {very} pequeña y oscura.",
        "Los muebles están viejos y gastados.",
        "La habitación no se parecía en nada a las fotos.",
        "Casi no había sitio para la maleta.",
        "La ducha estaba rota y la moqueta manchada.",
    ),
    "cleanliness": (
        "La habitación no estaba limpia.",
        "Había pelos en la ducha.",
        "La moqueta estaba {very} sucia.",
        "Polvo debajo de la cama y moho en el baño.",
        "Nadie limpió el cuarto en dos días.",
    ),
    "staff": (
        "El personal fue {very} antipático.",
        "A nadie en recepción le importó nuestro problema.",
        "Esperamos cuarenta minutos para registrarnos.",
        "El recepcionista fue grosero y lento.",
        "Ni una sonrisa en toda la estancia.",
    ),
    "food": (
        "El desayuno era {very} pobre.",
        "El café era imbebible.",
        "Huevos fríos y pan duro cada mañana.",
        "El restaurante es caro y la comida sosa.",
        "Apenas quedaba nada en el desayuno.",
    ),
    "location": (
        "La ubicación es {very} mala.",
        "Está lejos de todo.",
        "La zona no parece segura por la noche.",
        "No hay nada que hacer cerca.",
        "Hacía falta un taxi para todo.",
    ),
    "facilities": (
        "El wifi no funcionaba.",
        "El ascensor estuvo averiado toda la semana.",
        "El gimnasio es una broma.",
        "La piscina estaba cerrada y nadie avisó.",
        "El aparcamiento es {very} estrecho.",
    ),
    "value": (
        "Es {very} caro para lo que ofrece.",
        "No vale lo que cuesta.",
        "Pagamos demasiado.",
        "Cobran un extra por todo.",
        "Por este precio espero mucho más.",
    ),
    "noise": (
        "Mucho ruido toda la noche.",
        "Las paredes son de papel.",
        "Se oía cada coche de la calle.",
        "El bar de abajo no nos dejó dormir hasta las tres.",
        "Obras desde las siete de la mañana.",
    ),
    "sleep": (
        "La cama era {very} dura.",
        "No pudimos dormir nada.",
        "El colchón estaba hundido.",
        "Las almohadas eran finas y con bultos.",
        "La manta era demasiado corta.",
    ),
}

GRAMMAR = Grammar(
    code="es",
    very=("muy", "realmente", "muy muy", "francamente"),
    but="pero",
    small=("La", "El", "Los", "Las", "No", "Todo", "Se", "Es", "Casi", "Había", "Nadie"),
    good=GOOD,
    bad=BAD,
    openers=("Estuvimos un fin de semana.", "Segunda vez en este hotel.", "Viaje de trabajo."),
    glad=("Volveremos seguro.", "Totalmente recomendable.", "Gracias por todo."),
    sorry=("No volveremos.", "Una decepción.", "No lo recomiendo."),
    titles_good=("Estancia maravillosa", "Muy recomendable", "Todo perfecto", "Mejor de lo esperado"),
    titles_mixed=("Bien con algunos fallos", "Correcto sin más", "Sensaciones encontradas", "Pasable para una noche"),
    titles_bad=("Decepcionante", "Nunca más", "No vale la pena", "Para olvidar"),
)
