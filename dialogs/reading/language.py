"""Which of the two languages of the desk a text is written in."""

from __future__ import annotations

import re
from enum import StrEnum

from dialogs.reading.text import fold


class Language(StrEnum):
    """A language of the desk, or that the text does not tell."""

    ES = "es"
    EN = "en"
    UNKNOWN = "unknown"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Words that only one of the two uses, folded. Those that both use ("no", "me", "come", "once", "red", "son",
# "internet", "router") are left out on purpose.
_SPANISH = _words(
    """
    abre abrir aca adios ahora ahorita al algo alguien alla alli anda andan ano anoche antes apaga aquel
    aqui archivo arreglar arreglo asi aun aunque avisenme ayer ayuda ayudame ayudan ayudar ayudenme
    bendiciones bien buen buenas buenos cada cae caen caida caido cambiar cambio cayo cel celular chao
    cierra cinco claro clave cliente clientes como computador computadora comunicarme con conecta conectar
    contesta contrasena correo correos cosa cual cuales cuando cuanta cuanto cuantos cuatro cuenta da dan
    de del desconecta desde despues dia dias dice diez digame digan dime dio domingo dond donde dos
    durante e el ellas ellos empresa en entiendo entonces entra entrar entre enviar envie envio equipo era
    eran es esa escucha ese eso espanol esta estaba estaban estamos estan estas este esto estos estoy
    excelente falla fallando fallas fallo favor fue fueron funciona funcionaba funcionan gracias graciass
    grax habia hace hacen hacer hacia haciendo hago hasta hay hizo hola hora horas hoy impresora jueves ke
    la las le les linea lineas listo llama llamada llamadas llaman llamar llamen lo los luego lunes mal
    manana manda mando marca martes mas menos mes mi miercoles minutos mis misma mismo mucha muchas mucho
    muchos muy nada nadie necesita necesitamos necesitan necesito ningun ninguna ninguno noche noches nos
    nosotros nuestra nuestras nuestro nuestros nueva nueve nuevo nunca o ocho oficina oigo ok0 ola otra
    otras otro otros oye oyen pa pantalla para pasa pasando paso pc perfecto pero poco podemos podia
    podria por porfa porfavor porfis porq porque pq prende primera primero problema prueba pueda puede
    pueden puedo pues q qe que quedo queria quien quiere quiero quisiera reiniciar reinicie reinicio
    reportar reporte resuelto revisar revise revisen reviso sabado sabe saben sale salen saludos se sede
    seguimos segun seis semana senor senora ser servia servicio si sido siempre siete sigue siguen sin
    sirve sirven sirvio sobre solucion solucionado somos soy su sus tambien tampoco tarde tardes tel
    telefono telefonos tenemos tengo tenia tiene tienen toda todas todavia todo todos tres tu tus ud uds
    un una unas uno unos usted ustedes usuario usuarios vale varias varios ve veces ventana veo ver vez
    viernes volvio vuelve xfa xfavor xk xq y ya yo
    """
)
_ENGLISH = _words(
    """
    able about account afternoon again ago all already also always am an and another any anybody anyone
    anything appreciate are aren arent as at back bad be because been being both broken but by bye call
    called calling calls can cannot cant cause check checked checking cheers close closed company computer
    connect connected connecting connection could couldn couldnt customer customers cuz did didn didnt do
    does doesn doesnt doing don done dont down drop dropped dropping drops each eight either email emails
    entire even evening ever every everybody everyone everyone's everything fail failed failing fails few
    file files first five fix fixed fixing for four from get getting go goes going gone good got great
    guys had hadn has hasn hasnt have haven havent having he hear hello help helping her here hey hi his
    hour hours how i id if ill im in inbox into is isn isnt issue issues it its ive just keep keeps know
    laptop last less let lets like line lines look looking looks made mail make makes many may message
    messages might mine minutes month more morning most much must my need needed needs never new next
    night nine nobody nobody's none nope nor not nothing now of off office offices old on one only open
    opened opens or other our ours out over password people phone phones please pls plz printer reboot
    rebooted receive received regards reset resets resolved restart restarted right ring ringing rings
    said same say says screen see seeing seen send sent server service services seven shall she should
    shouldn since six slow so solved some someone something sorry start started still stop stopped sure
    team tell ten than thank thanks thankyou that the their them then there these they theyre this those
    three thx till to today told tomorrow tonight too tried tries trouble try trying two ty unable until
    up us use used user users uses using very want wanted wants was wasn wasnt we we're website week went
    were weve what when where which who whole whom whose why will with without wont work worked working
    works would wouldn wouldnt wrong yeah yep yes yesterday yet you your youre yours yup
    """
)
_SPANISH_SIGNS = re.compile(r"[ñ¿¡]|[áéíóú](?=\w|\b)", re.IGNORECASE)
_SPANISH_SHAPE = re.compile(
    r"(?:cion|ciones|mente|ando|iendo|aron|ieron|amos|emos|imos|ados|adas|idos|idas|arme|irme|erme|arle|dad"
    r"|dades|eria|ista|azo|ito|ita|itos|rr\w*[ao]s?|ue\w*[ao]s?)$"
)
_ENGLISH_SHAPE = re.compile(
    r"(?:ing|tion|tions|ness|ly|ight|ough|ould|ment|ments|ful|less|ck|ed|sh|tch|wn|'s|n't|'re|'ve|'ll)$|^(?:wh|th|sh|wr|kn)"
)
# What carries no language: addresses, code, mentions, numbers, quoted evidence.
_NOISE = re.compile(
    r"```.*?```|`[^`]*`|https?://\S+|\S+@\S+|<[^>\s]*>|:[a-z0-9_+-]+:|\S*\d\S*|\S*[/\\_=]\S*", re.DOTALL
)
_WORD = re.compile(r"[a-zñ]+(?:['’][a-z]+)?")


def read_language(text: str) -> Language:
    """Return the language a text is written in, `unknown` where it does not tell.

    A word that only one language uses counts two, an ending or a sign that is typical of one counts one; the
    language that leads wins. It does not know what the person wrote before: whether one or two words are
    enough to change the language of a conversation is the caller's rule.
    """
    plain = _NOISE.sub(" ", text)
    spanish = 2 * len(_SPANISH_SIGNS.findall(plain))
    english = 0
    for word in _WORD.findall(fold(plain).replace("’", "'")):
        bare = word.replace("'", "")
        if bare in _SPANISH:
            spanish += 2
        elif bare in _ENGLISH:
            english += 2
        elif len(word) > 4:
            spanish += bool(_SPANISH_SHAPE.search(word))
            english += bool(_ENGLISH_SHAPE.search(word))
    if spanish > english and spanish >= 2:
        return Language.ES
    if english > spanish and english >= 2:
        return Language.EN
    return Language.UNKNOWN
