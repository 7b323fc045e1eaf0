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
    abajo abre abrir aca acceder acceso aceptar adios adjunta adjunto ahora ahorita al algo alguien alguna
    algunas alguno algunos alla alli amable amables anda andan anexo anexos ano anoche anterior antes
    apaga apagado apellido apurense aquel aqui archivo arreglar arreglo arriba asi atras aun aunque
    auxilio aver avisenme ayer ayuda ayudame ayudan ayudar ayudeme ayudenme bacano baja bajar bendiciones
    bien bloqueada bloqueado bn borrar buen buenas buenisimo bueno buenos buzon cable cables cada cae caen
    caida caido caidos cambiar cambieme cambio cancelar captura caso casos cayo cel celu celular chao che
    chevere chicos cierra cinco ciudad claro clave cliente clientes cobro colombiana como companera
    companero compu computador computadora comunicarme con conecta conectar conexion configuracion
    configurar confirmar contabilidad contesta contestan contesto continuar contrasena contrasenas
    contrato correo correos corriente corta cortan cortando corte cortes cosa creo cual cuales cuando
    cuanta cuanto cuantos cuatro cuenta da dale dan de decir deja dejaron dejo del dependencia desconecta
    desconectado desde despues dia dias dice diez digame digan digo dijeron dime dio direccion disculpa
    disculpe doctor domingo dona dond donde dos durante e edificio editar el ellas ellos empezar empresa
    en encendido entiendo entonces entra entrante entrantes entrar entre enviar envie envio equipito
    equipo equipos era eran es esa escucha escuchar ese eso espanol esperando espero esta estaba estaban
    estado estamos estan estas este esto estos estoy excelente factura facturacion falla fallando fallas
    fallo favor favorr fue fueron funciona funcionaba funcionan funcionando funcionar genial gente gerente
    grabacion grabaciones gracias graciass grax haber habia hablar hace hacen hacer hacia haciendo hago
    hasta hay hicieron hicimos hizo hola hora horario horas hoy hubo igual impresora inaceptable ingeniero
    ingles ingresar ingreso instalacion instalar interno internos jefe joya jueves ke la laburo las le
    lenta lentisimo lentitud lento les linea lineas listo listos llama llamada llamadas llaman llamar
    llamen llamo llega llegan llegar llego lo logro los luego lunes luz madrugada mal mala malo manana
    manda mandar mandaron mande mandeme mando marca marcamos marcar martes mas medianoche medio mediodia
    mejor mejorar menos mensaje mensajes mes mexicana mi miercoles minutos mis misma mismo molestia mucha
    muchachos muchas muchisimas mucho muchos muy nada nadie navegador necesita necesitamos necesitan
    necesito ni ningun ninguna ninguno ningunos noche noches nomas nombre nos nosotros nuestra nuestras
    nuestro nuestros nueva nueve nuevo numero numeros nunca o ocho oeste oficina oficinas oiga oigan oigo
    ola omitir onda operadora otra otras otro otros oye oyen pa pagina pago pagos pais pantalla pantallazo
    para parce parece pasa pasando pasar paso pc pena peor perdon perfecto perfil permiso pero persona
    personas peruana pesimo piso poco podemos podes podia podria podrian poner pongame por porfa porfavor
    porfis porq porque pq prefiero prende prendemos prendido primera primero problema prueba pude pudimos
    pudo pueda puede pueden puedo pues puso q qe que quedo queremos queres queria quien quiere quiero
    quisiera quisieramos quite quizas rapido rebota recepcion recibimos recibir recibo reiniciamos
    reiniciar reinicie reinicio reportar reporte resuelto reunion revisar revise revisen reviso ruido
    sabado sabe saben sacar sala sale salen saliente salientes salir saludos se sede seguimos seguir segun
    seis semana senal senor senora ser servia servicio si sido siempre siete sigue siguen siguiente sin
    sirve sirven sirvio sistema sistemas sobre solamente solo solucion solucionado somos sonido sos soy
    stoy su sube subir sucursal suena sus talvez tambien tambn tampoco tarde tardes tecnico tecnicos tel
    telefonica telefono telefonos tenemos tenes tengo tenia terminar tiene tienen timbra toda todas
    todavia todo todos tono toy trabajando trabajar tres tu tus ud uds un una unas uno unos urge urgente
    ustd usted ustedes usuario usuarios vaina vale validar varias varios ve veces vencida vencido ventana
    ventas veo ver verdad verificar verifique vez viene viernes vino visita volver volvio vos vuelve xfa
    xfavor xk xq y ya yo zona
    """
)
_ENGLISH = _words(
    """
    able about accept account accounting across actually after afternoon again against agent ago aint
    alive all already alright also although always am amazing an and another any anybody anyone anything
    anyway anyways appreciate appreciated april are aren arent as asap at attached attachment august
    awaiting awesome awful back bad basically be because been being believe better between big billing
    black blue boss both bother bounced branch broken browser buddy building busy but by bye call called
    calling calls can cancel cannot cant case cases cause check checked checking cheers choppy city close
    closed colleague colleagues company completely computer configure connect connected connecting
    connection continue cool cord could couldn couldnt country coworker coworkers crash crashed crashes
    crashing customer customers cuz day days dead december delay delayed delete denied desk dial did didn
    didnt disconnect disconnected disconnecting disconnects do does doesn doesnt doing done dont down drop
    dropped dropping drops dude dunno during each eastern edit eight either email emails emergency english
    entire even evening ever every everybody everyone everyone's everything excellent expired extension
    fail failed failing fails fast february few file files fine finish first five fix fixed fixing floor
    folks for four freeze friday from frozen get getting go goes going gone gonna good got gotta great
    guys had hadn half happen happened happening happens has hasn hasnt have haven havent having he
    headset hear hello help helping her here hey hi high his home hour hours how however hung hurry i if
    ill im in inbound inbox incoming install installed intermittent into invoice is isn isnt issue issues
    it its ive january july june just keep keeping keeps kept kind kinda know lag laggy laptop last later
    lemme less let lets like line lines literally locked logging logs long look looking looks low madam
    made mail make makes man manager many march may maybe mayday meeting message messages midnight might
    mine minute minutes monday month more morning most much must my nah name need needed needs never new
    next nice night nine nobody nobody's noise noisy none noon nope nor not nothing november now number
    numbers october of off office offices often old on one only open opened opens or order other others
    our ours out outage outbound outgoing over overdue page paper password payment pending people perfect
    permission person phone phones please pls plugged plz power prefer printer profile question quick
    quote quotes random randomly reach reached really reboot rebooted rebooting receive received refused
    regards register registered remote reset resets resolved restart restarted right ring ringing rings
    room said sales same saturday say says screen screenshot second see seeing seem seems seen send sent
    september server service services set settings setup seven several shall she short should shouldn show
    showing shows signal since sir site sites six skip slow slowly small so solved some somebody someone
    something sometimes soon sorry sound speak spike spiked start started static status still stop stopped
    strange stuff submit sunday sup sure talk talking team tell ten terrible than thank thanks thankyou
    that the their them then there these they theyre thing things think third this those though thought
    three thursday thx ticket tickets till time to today told tomorrow tone tonight too totally touch
    tried tries trouble try trying tuesday turn turned twice two ty unable unacceptable under unless
    unplugged until up update updated ur urgent us use used user users uses using very voice voicemail
    wanna want wanted wants was wasn wasnt wassup we we're website wednesday week weekend weeks weird went
    were western weve what whatever when where which while who whoever whole whom whose why will with
    without wonder wondering wont work worked working works worse would wouldn wouldnt wrong yeah yep yes
    yesterday yesterday's yet you you's your youre yours yup zone
    """
)
_SPANISH_SIGNS = re.compile(r"[¿¡ñ]|\b[a-zñ]\w*[áéíóú]|\b[áéíóú]")  # a capital may begin a name
_SPANISH_SHAPE = re.compile(
    r"(?:cion|ciones|mente|ando|iendo|aron|ieron|amos|emos|imos|ados|adas|idos|idas|arme|irme|erme|arle|dad"
    r"|dades|eria|ista|azo|ito|ita|itos|rr\w*[ao]s?|ue\w*[ao]s?)$"
)
_ENGLISH_SHAPE = re.compile(
    r"(?:ing|tion|tions|ness|ly|ight|ough|ould|ment|ments|ful|less|ck|ed|sh|tch|wn|'s|n't|'re|'ve|'ll)$|^(?:wh|th|sh|wr|kn)"
)
# What carries no language: quoted evidence, lines of a log, mentions, addresses, paths, numbers, hours, names of signs.
_QUOTED = re.compile(r"```.*?```|`[^`]*`|<[^<>\s]*>|\d\s?[ap]\.?m\b", re.DOTALL)
_LOGGED = re.compile(
    r"""^\W*(?:\d{4}[-/]\d\d[-/]\d\d|\d\d?[-/]\d\d?[-/]\d{2,4}\W+\d|[A-Z][a-z]{2}\x20+\d\d?\x20\d\d:\d\d
    |\d\d?:\d\d:\d\d\b).*$""",
    re.MULTILINE | re.VERBOSE,
)
_CODE = re.compile(r"[\d@/\\_=]|^:.*:$")
_READ = 4000  # characters: a message says it in its first lines, the rest is evidence
_WORD = re.compile(r"[a-zñ]+(?:['’][a-z]+)?")


def read_language(text: str) -> Language:
    """Return the language a text is written in, `unknown` where it does not tell.

    A word that only one language uses counts two, an ending or a sign that is typical of one counts one; the
    language that leads wins. It does not know what the person wrote before: whether one or two words are
    enough to change the language of a conversation is the caller's rule.
    """
    plain = " ".join(
        word for word in _LOGGED.sub(" ", _QUOTED.sub(" ", text[:_READ])).split() if not _CODE.search(word)
    )
    spanish = len(_SPANISH_SIGNS.findall(plain))
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
