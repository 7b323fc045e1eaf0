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
    abre abrir aca acceder acceso adios adjunta adjunto ahora ahorita al algo alguien alguna algunas
    alguno algunos alla alli amable amables anda andan anexo anexos ano anoche antes apaga apagado
    apellido aquel aqui archivo arreglar arreglo asi aun aunque aver avisenme ayer ayuda ayudame ayudan
    ayudar ayudeme ayudenme bacano bajar bendiciones bien bloqueada bloqueado bn buen buenas buenisimo
    bueno buenos buzon cable cables cada cae caen caida caido caidos cambiar cambio cancelar captura caso
    casos cayo cel celu celular chao che chevere chicos cierra cinco ciudad claro clave cliente clientes
    cobro como companera companero compu computador computadora comunicarme con conecta conectar conexion
    configuracion configurar confirmar contabilidad contesta contestan contesto contrasena contrasenas
    contrato correo correos corriente corta cortan cortando corte cortes cosa creo cual cuales cuando
    cuanta cuanto cuantos cuatro cuenta da dan de decir deja dejaron dejo del desconecta desconectado
    desde despues dia dias dice diez digame digan digo dijeron dime dio direccion disculpa disculpe
    domingo dond donde dos durante e edificio el ellas ellos empresa en encendido entiendo entonces entra
    entrante entrantes entrar entre enviar envie envio equipo equipos era eran es esa escucha escuchar ese
    eso espanol esperando espero esta estaba estaban estado estamos estan estas este esto estos estoy
    excelente factura facturacion falla fallando fallas fallo favor favorr fue fueron funciona funcionaba
    funcionan funcionando funcionar genial gente gerente grabacion grabaciones gracias graciass grax haber
    habia hablar hace hacen hacer hacia haciendo hago hasta hay hicieron hicimos hizo hola hora horario
    horas hoy igual impresora ingles ingresar ingreso instalacion instalar interno internos jefe joya
    jueves ke la laburo las le lenta lentitud lento les linea lineas listo listos llama llamada llamadas
    llaman llamar llamen llega llegan llegar llego lo logro los luego lunes luz mal manana manda mandar
    mandaron mande mando marca marcamos marcar martes mas mejor menos mensaje mensajes mes mi miercoles
    minutos mis misma mismo mucha muchachos muchas muchisimas mucho muchos muy nada nadie navegador
    necesita necesitamos necesitan necesito ningun ninguna ninguno ningunos noche noches nomas nombre nos
    nosotros nuestra nuestras nuestro nuestros nueva nueve nuevo numero numeros nunca o ocho oficina
    oficinas oigan oigo ola operadora otra otras otro otros oye oyen pa pagina pago pagos pais pantalla
    pantallazo para parece pasa pasando pasar paso pc peor perdon perfecto perfil permiso pero persona
    personas piso poco podemos podes podia podria podrian poner por porfa porfavor porfis porq porque pq
    prefiero prende prendemos prendido primera primero problema prueba pude pudimos pudo pueda puede
    pueden puedo pues puso q qe que quedo queremos queres queria quien quiere quiero quisiera quisieramos
    quite rapido recepcion recibimos recibir recibo reiniciamos reiniciar reinicie reinicio reportar
    reporte resuelto reunion revisar revise revisen reviso ruido sabado sabe saben sacar sala sale salen
    saliente salientes salir saludos se sede seguimos segun seis semana senal senor senora ser servia
    servicio si sido siempre siete sigue siguen sin sirve sirven sirvio sistema sistemas sobre solamente
    solo solucion solucionado somos sonido sos soy stoy su subir sucursal suena sus tambien tambn tampoco
    tarde tardes tecnico tecnicos tel telefonica telefono telefonos tenemos tenes tengo tenia tiene tienen
    timbra toda todas todavia todo todos tono toy trabajando trabajar tres tu tus ud uds un una unas uno
    unos urgente ustd usted ustedes usuario usuarios vale validar varias varios ve veces ventana ventas
    veo ver verificar verifique vez viene viernes vino visita volvio vos vuelve xfa xfavor xk xq y ya yo
    zona
    """
)
_ENGLISH = _words(
    """
    able about account accounting actually afternoon again agent ago aint alive all already also always am
    amazing an and another any anybody anyone anything anyway appreciate appreciated april are aren arent
    as asap at attached attachment august awesome back bad be because been being believe better big
    billing black blue boss both bounced branch broken browser building busy but by bye call called
    calling calls can cancel cannot cant case cases cause check checked checking cheers choppy city close
    closed colleague colleagues company computer configure connect connected connecting connection cool
    cord could couldn couldnt country coworker coworkers crash crashed crashes crashing customer customers
    cuz day days dead december denied desk dial did didn didnt disconnect disconnected disconnecting
    disconnects do does doesn doesnt doing don done dont down drop dropped dropping drops dunno each eight
    either email emails emergency english entire even evening ever every everybody everyone everyone's
    everything excellent expired extension fail failed failing fails fast february few file files fine
    first five fix fixed fixing floor folks for four freeze friday from frozen get getting go goes going
    gone gonna good got gotta great guys had hadn half happen happened happening happens has hasn hasnt
    have haven havent having he headset hear hello help helping her here hey hi high his home hour hours
    how hung i id if ill im in inbound inbox incoming install installed intermittent into invoice is isn
    isnt issue issues it its ive january july june just keep keeping keeps kept kinda know lag laggy
    laptop last lemme less let lets like line lines locked logging logs long look looking looks low made
    mail make makes manager many march may maybe meeting message messages might mine minute minutes monday
    month more morning most much must my nah name need needed needs never new next night nine nobody
    nobody's noise noisy none nope nor not nothing november now number numbers october of off office
    offices often old on one only open opened opens or order other our ours out outage outbound outgoing
    over page paper password payment people perfect permission person phone phones please pls plugged plz
    power prefer printer profile question quick random randomly reach reached reboot rebooted receive
    received refused regards remote reset resets resolved restart restarted right ring ringing rings room
    said sales same saturday say says screen screenshot second see seeing seem seems seen send sent
    september server service services set settings setup seven shall she short should shouldn show showing
    shows signal since site sites six slow slowly small so solved some someone something sometimes sorry
    sound speak start started static status still stop stopped strange sunday sure talk talking team tell
    ten than thank thanks thankyou that the their them then there these they theyre think third this those
    thought three thursday thx ticket tickets till time to today told tomorrow tone tonight too touch
    tried tries trouble try trying tuesday turn turned twice two ty unable unplugged until up update
    updated ur urgent us use used user users uses using very voice voicemail wanna want wanted wants was
    wasn wasnt we we're website wednesday week weeks weird went were weve what when where which who whole
    whom whose why will with without wonder wondering wont work worked working works worse would wouldn
    wouldnt wrong yeah yep yes yesterday yesterday's yet you you's your youre yours yup zone
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
