"""Portuguese phrases."""

from __future__ import annotations

from hotelml_app.simulator.phrases.grammar import Grammar

GOOD = {
    "room": (
        "O quarto era {very} espaçoso e luminoso.",
        "O nosso quarto tinha tudo o que precisávamos.",
        "A casa de banho é nova e {very} bonita.",
        "Os móveis são modernos e de bom gosto.",
        "Nenhuma queixa do quarto.",
    ),
    "cleanliness": (
        "Estava tudo {very} limpo.",
        "A casa de banho estava impecável.",
        "A limpeza diária foi perfeita.",
        "Toalhas frescas e nem um grão de pó.",
        "O hotel inteiro brilhava.",
    ),
    "staff": (
        "Os funcionários foram {very} simpáticos e prestáveis.",
        "A receção recebeu-nos com um sorriso.",
        "O check-in foi rápido e simples.",
        "A equipa deu-nos ótimas dicas.",
        "O pessoal fez tudo por nós.",
    ),
    "food": (
        "O pequeno-almoço era {very} bom e variado.",
        "O café era excelente.",
        "O jantar no restaurante estava delicioso.",
        "Fruta fresca e pão quente todas as manhãs.",
        "A comida estava {very} saborosa.",
    ),
    "location": (
        "A localização é {very} boa.",
        "Fica tudo a cinco minutos a pé.",
        "O metro fica mesmo ao lado.",
        "Não se pode pedir melhor localização.",
        "Perto de lojas e restaurantes.",
    ),
    "facilities": (
        "A piscina e o ginásio são {very} bons.",
        "O wifi era rápido em todo o lado.",
        "O terraço é uma maravilha.",
        "O estacionamento é grande e cómodo.",
        "O spa é um encanto.",
    ),
    "value": (
        "A relação qualidade-preço é {very} boa.",
        "O preço é mais do que justo.",
        "Vale cada cêntimo.",
        "Não se encontra melhor por este preço.",
        "Mais barato do que esperávamos e muito melhor.",
    ),
    "noise": (
        "À noite é {very} sossegado.",
        "Não se ouve nada da rua.",
        "As janelas isolam perfeitamente o barulho.",
        "Um sossego em plena cidade.",
        "Nenhum ruído dos vizinhos.",
    ),
    "sleep": (
        "A cama era {very} confortável.",
        "Dormimos lindamente.",
        "O colchão era perfeito.",
        "As almofadas eram macias e grandes.",
        "Há muito que não dormia tão bem.",
    ),
}
BAD = {
    "room": (
        "O quarto era {very} pequeno e escuro.",
        "Os móveis estão velhos e gastos.",
        "O quarto não tinha nada a ver com as fotografias.",
        "Quase não havia espaço para a mala.",
        "O chuveiro estava avariado e a alcatifa manchada.",
    ),
    "cleanliness": (
        "O quarto não estava limpo.",
        "Havia cabelos no duche.",
        "A alcatifa estava {very} suja.",
        "Pó debaixo da cama e bolor na casa de banho.",
        "Ninguém limpou o quarto durante dois dias.",
    ),
    "staff": (
        "Os funcionários foram {very} antipáticos.",
        "Na receção ninguém quis saber do nosso problema.",
        "Esperámos quarenta minutos pelo check-in.",
        "O rececionista foi mal-educado e lento.",
        "Nem um sorriso durante toda a estadia.",
    ),
    "food": (
        "O pequeno-almoço era {very} fraco.",
        "O café era intragável.",
        "Ovos frios e pão duro todas as manhãs.",
        "O restaurante é caro e a comida sem sabor.",
        "Já não havia quase nada ao pequeno-almoço.",
    ),
    "location": (
        "A localização é {very} má.",
        "Fica longe de tudo.",
        "A zona não parece segura à noite.",
        "Não há nada para fazer por perto.",
        "Era preciso táxi para tudo.",
    ),
    "facilities": (
        "O wifi não funcionava.",
        "O elevador esteve avariado toda a semana.",
        "O ginásio é uma anedota.",
        "A piscina estava fechada e ninguém avisou.",
        "O estacionamento é {very} apertado.",
    ),
    "value": (
        "É {very} caro para o que oferece.",
        "Não vale o que custa.",
        "Pagámos demasiado.",
        "Cobram extra por tudo.",
        "Por este preço espero muito mais.",
    ),
    "noise": (
        "Muito barulho durante toda a noite.",
        "As paredes são de papel.",
        "Ouvia-se cada carro da rua.",
        "O bar por baixo não nos deixou dormir até às três.",
        "Obras desde as sete da manhã.",
    ),
    "sleep": (
        "A cama era {very} dura.",
        "Não conseguimos dormir nada.",
        "O colchão estava afundado.",
        "As almofadas eram finas e cheias de altos.",
        "O cobertor era curto demais.",
    ),
}

GRAMMAR = Grammar(
    code="pt",
    very=("muito", "realmente", "mesmo muito", "bastante"),
    but="mas",
    small=("O", "A", "Os", "As", "Não", "Era", "É", "Quase", "Havia", "Na", "Ninguém"),
    good=GOOD,
    bad=BAD,
    openers=("Ficámos um fim de semana.", "Segunda vez neste hotel.", "Viagem de trabalho."),
    glad=("Voltaremos de certeza.", "Recomendo vivamente.", "Obrigado por tudo."),
    sorry=("Não voltaremos.", "Uma desilusão.", "Não recomendo."),
    titles_good=("Estadia maravilhosa", "Muito recomendável", "Tudo perfeito", "Melhor do que o esperado"),
    titles_mixed=("Bom com algumas falhas", "Razoável", "Sentimentos mistos", "Aceitável para uma noite"),
    titles_bad=("Dececionante", "Nunca mais", "Não vale a pena", "Para esquecer"),
)
