"""The small words around the name of a zone, which say nothing against it."""

from __future__ import annotations

from functools import cache
from importlib import resources

# What may stand around a name without making the answer one about something else, folded.
FILLERS = frozenset(
    """
    a aca actualmente ah ahi ahora ahorita al alla alli am amable amigo amiga and apenas aqui area aproximadamente are
    as asi at aun aunque aver based be because believe bien bloke boss bueno buen buena buenas bueno buenos but by
    caballero cada casi ciudad city claro como con correct correcto correcta corresponde country creo cual cualquier
    currently d de debe deberia del departamento desde dia dias dice digamos disculpe disculpa disculpen don donde
    e ehh eh ellos el ella ellas en entonces entre era es esa ese eso esta estaba estado estados estamos estan estar
    este esto estos estas estoy estuve exactamente exacto favor fecha from fue gmt good gracias guess h ha hay hello
    here hey hi hmm hola hora horario horarios horas horaria hour hours huso i im in is it its jaja jajaja joven just
    la las le les live living lo local locale located locally location log logs los m mas maybe me mi mia mis mismo misma
    mm mmm mostly my near nearby nos nosotros nuestra nuestro nuestros o obvio oficina oficinas office offices ok okay
    oh our para pienso pls please plis plz por porfa porfavor porfis posiblemente probably probablemente
    provincia province pues q que quiza quizas r radicado radicados registro registros re residimos s se seguro sede
    segun sera seria señor senor senora senorita servidor sino si sir site sitio sobre soy somos son sorry state su
    sure suppose supongo t tal te tenemos tengo that the their them there these they think this tiempo time times
    timestamp timestamps timezone timezones tipo toda todas todo todos todavia trabajamos trabajo trabajando
    u ubicada ubicadas ubicado ubicados un una unos us usa usamos use using uso usted ustedes uds ud utilizamos
    va vale ve ver vive vivimos vivo viviendo we well were with working work y ya yo you your yours zona zonas zone
    zones horaria morning afternoon evening tardes noches dia thanks thank gracias thx saludos regards cordial
    excelente perfecto listo mensaje answer respuesta sigo seguimos aca queda quedamos quedo escribo escribimos
    escribiendo writing llamo llamamos calling contacto comunico hablo reporto reportamos caso actual actualmente
    horarias region pais municipio capital edo edif prov dept depto dpto greetings dear team equipo tech
    same igual i'm ive we're operate operamos operando headquarters hq headquartered standard estandar verano
    daylight winter invierno summer oficial official normal normalmente usually always siempre either or
    both ambos ambas estaria estarian serian aplica corre sale salen viene vienen generado generados mide
    """.split()
)

ZONE_WORDS = frozenset(
    "hora horas horario horarios horaria horarias tiempo huso zona zonas time times tz timezone".split()
)
"""Words that make of the name beside them the name of a zone."""

PLACE_WORDS = frozenset(
    """
    estoy estamos vivo vivimos somos soy ubicado ubicados ubicada ubicadas desde sede oficina oficinas
    live based located office offices from
    """.split()
)
"""Words that make of the name after them the place of the writer."""

LINKS = frozenset("de del en la el las los in at the of a al para our nuestra nuestro es is are on out".split())
"""Words that may stand between either and the name."""

DENIALS = frozenset("no not nunca ni isn aren".split())


@cache
def ordinary_words() -> frozenset[str]:
    """Return ordinary words, first names and surnames that are, or nearly are, the name of a place."""
    text = resources.files("dialogs.reading").joinpath("data", "ordinary_words.txt").read_text(encoding="utf-8")
    return frozenset(text.split())
