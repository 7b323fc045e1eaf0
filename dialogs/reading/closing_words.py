"""The words of closing messages by what they say, in Spanish and English, as one scanner.

Each word or idiom has a kind, one letter; a clause becomes the string of its kinds, which
`dialogs.reading.closings` weighs. Idioms come first, so that "no problem" is no problem.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne

from dialogs.reading.text import fold

_AUTOMATIC = re.compile(
    r"""\bauto(?:matic|mated|matica|matico)?[-\s]?(?:reply|response|respuesta)
    |\b(?:respuesta|mensaje|correo|reply|response|message|email)\s(?:es\s)?(?:generad[oa]\s)?automatic
    |\b(?:automatic|automated)\s(?:reply|response|message|email)
    |\b(?:out\sof|away\sfrom|fuera\sde|ausente\sde)\s(?:the\s|my\s|la\s|mi\s)?(?:office|oficina|desk)|\booo\b
    |\b(?:i\s?'?a?m|we\s?'?a?re|estoy|estare|me\sencuentro|i\s?wi?'?ll\sbe|i\shave\sbeen|salgo|sali)\s(?:currently\s|actualmente\s)?
      (?:on|de|en|con|away|disfrutando)\b[^.;!?]{0,24}(?:vacation|vacacion|leave\b|holiday|licencia|permiso|incapacidad|baja\b|pto\b|until|hasta)
    |\b(?:limited|no|sin|limitado)\s(?:access\sto|acceso\sal?)\s(?:my\s|mi\s|el\s)?(?:e-?mail|correo)|acceso\slimitado\sal\scorreo
    |\b(?:please\s)?(?:do\snot|don'?t|no)\s(?:reply|respond|responda|responder|conteste|contestar)\b[^.;!?]{0,8}(?:to|a|al)\s(?:this|est)
    |\b(?:please\sdo\snot\sreply|noreply|no-reply|undeliverable|delivery\sstatus|mail\sdelivery|could\snot\sbe\sdelivered|no\s(?:se\s)?pudo\s(?:ser\s)?entrega|delivery\s(?:has\s)?failed)
    |\b(?:gracias|thanks?(?:\syou)?)\s(?:por|for)\s(?:contact\w+|comunic\w+|escrib\w+|reaching|writing|your\s(?:message|email)|su\s(?:mensaje|correo))[^;]*\b(?:breve|horas|hours?|within|business|asesor\w*|recib\w+|received|team\swill|responderemos|a\sla\sbrevedad|get\sback)
    |\bi(?:'m|\sam|\swill\sbe|'ll\sbe)\s(?:away|out)\b[^;!?]{0,24}\b(?:until|till|with|and)\b|\bfuera\sdel\spais
    |\b(?:we\shave|hemos)\s(?:received|recibido)\s(?:your|su|tu)\b|\b(?:has\sbeen|ha\ssido)\s(?:received|recibid)
    |\bno\spuedo\satender\ssu\b|\b(?:a\smi\sregreso|on\smy\sreturn|upon\smy\sreturn|estare\sde\sregreso|when\si\sreturn)\b
    """,
    re.VERBOSE,
)

# kind: what a word of it says
#   T thanks, approval, taking note, goodbye     X says nothing here (idioms that would mislead)
#   N negates what follows                     M cannot
#                         Z "no", "not yet", said alone
#   W works, can, arrives                        S is solved, is well
#   F fails, is slow, is worse                   P a problem, by name
#   G a service, by name                         H have, get, there is
#   C goes on, still                             R again, came back
#   E the same as before                         D a change for the better
#   B greets                                  Y now, already   A before, in the past
#   V hears, sees                              U asks for the case to be opened again
#   K tells what was not tried                 o any other word
_KINDS = {
    "K": r"""(?:can'?t|cannot|couldn't|no\s(?:puedo|pude))\s(?:test|verify|check|try|probar|validar|revisar)|(?:no|not|never|n'?t|sin|tampoco|aun|todavia|have|havent|haven't|hasnt|didnt)\s(?:\w+\s){0,4}?
        (?:prob(?:ado|ar|amos|e)|valid(?:ado|ar)|verific(?:ado|ar)|verify|verified|test(?:ed|ear|eado)?|tried|try|tiempo\sde|time\sto|revis(?:ado|ar)|check(?:ed)?|look(?:ed)?)\b""",
    "X": r"""(?:gracias|thanks|thank\syou|thx)\s(?:por|for|x)\s(?:nada|nothing)
        |(?:mal[ao]?|pesim[oa]|lent[oa]|horrible|terrible|bad|slow|poor|awful)\s(?:la\s|el\s|su\s)?(?:servicio|atencion|soporte|service|support|response)
        |(?:servicio|atencion|service|support)\s(?:muy\s|tan\s|is\s|was\s|very\s)*(?:mal[ao]?|pesim[oa]|lent[oa]|bad|slow|terrible)
        |no\s(?:se\b(?!\s\w)|lo\sse|entiendo|entendi|comprendo|soy|es\spara|quiero\s(?!que)|me\squeda\sclaro)|i?\s?(?:do\snot|don'?t)\s(?:know|understand)
        |sin\scosto|not\ssure|quien\ssabe|who\sknows|(?:no\spuedo|can'?t|cannot)\s(?:talk|hablar|atender|contestar|answer|complain|believe|creer)|como\sno|why\snot|por\sque\sno\b(?=\s(?:me|lo|nos)\s(?:llam|escrib|avis))|(?:calls?|call)\sme""",
    "M": r"""can'?t|cannot|couldn'?t|won'?t|wont|unable\sto|no\slogr\w+|no\s(?:puedo|pude|podemos|pudimos|puede|pueden|pudo)""",
    "B": r"""good\s(?:morning|afternoon|evening)|buen[oa]s\s(?:dias|tardes|noches)|(?<!gan\s)(?<!gas\s)(?<!un\s)buen\sdia(?=$|\s(?:equipo|a))""",
    "T": r"""(?:no|don'?t|dont)\s(?:hay\s)?(?:problem|problema|worries|worry|need|te\spreocupes|se\spreocupen?|hace\sfalta|es\snecesari[oa]|gracias|thanks|thank\s(?:you|u)|complaints?|further\squestions)\b
        |(?:no\s)?(?:tengo|queda|quedan|me\squeda|have)\s(?:ningun\w*\s|mas\s|any\s|more\s)*(?:dudas?|questions?)
        |no\s(?:tengo|me\squedan?|hay|more)\s(?:ningun\w*\s|mas\s|otr\w+\s)*(?:dudas?|preguntas?|questions?|consultas?)
        |ya\sno\snecesit\w+|no\snecesit\w+\s(?:nada|mas)|(?:do\snot|don'?t)\sneed\s(?:any|more|help)\w*
        |de\snada|nada\smas|nothing\s(?:else|more)|eso\s(?:es|seria|era)\s(?:todo|eso)?|that'?s\s(?:all|it)|that\s(?:will|would)\sbe\sall|era\seso|todo\sde\smi\sparte
        |(?:thanks|thank\syou|thx|ty|gracias)\s(?:again|de\snuevo|otra\svez|nuevamente)|no\s(?:further\saction|quedan?\spendientes?|pending)\b\w*|visto\sbueno|sombrero|eficien\w+|all\ssorted|sorted|ta(?=\s*$)|(?:ya\s)?volvio\stodo|todo\svolvio|(?:sigo|seguimos|quedo|quedamos|estamos|estoy)\s(?:atent|pendient|en\scontacto)\w*|legend|star|conforme|good\sstuff|cerrad[oa]\spor|kindly|exitos|abrazo
        |took\scare\sof\sit|nailed\sit|consider\s(?:this|it)\s(?:\w+\s)?closed|dar(?:se|lo)?\s(?:el\scaso\s)?por\scerrado|that'?ll\sdo
        |falsa\salarma|false\salarm|never\s?mind|nvm
        |(?:pueden?|puedes|podemos|podrian?|se\spuede|por\sfavor|favor|please|can|ok\sto|okay\sto|free\sto|ahead\sand|proced\w+\sa)\s(?:you\s|we\s|ya\s|now\s|proceder\sa\s)*(?:close|cerrar\w*|cierren?|cerremos|finalizar)\b
        |(?:gracias|gracia|grax|graci|thanks|thank\s(?:you|u)|thx|thnx|tks|ty|agradezco|agradecemos|agradecid[oa]s?|appreciate|appreciated)\s(?:\w+\s){0,3}?(?:por|for|x)\s(?:\w+\s?){1,9}
        |(?:mil|muchas|muchisimas|many|infinitas)?\s?(?:gracias?|grax|grac|thanks|thank|thx|thnx|tnx|tks|tysm|tyvm|ty|tyty|merci|obrigad[oa]|cheers)\b
        |agradec\w+|agradezco|se\sagradece|appreciat\w+|bendicion\w*|dios\s(?:te|los?|les?)\s\w+
        |much\sappreciated|good\s(?:job|work)|well\sdone|great\s(?:job|work)|(?:el|la|los|las|the)\s(?:mejor|mejores|best)|you\s(?:guys\s)?(?:rock|rule|are\s(?:the\s)?(?:best|great|awesome|amazing))|nice\sone|life\s?saver
        |excelent\w*|genial|super|buenisim[oa]|brav[oi]ss?imo|maravill\w*|fantastic[oa]?|estupend[oa]|barbar[oa]|bacan[oa]?|chever[e]|joya|impecable|cracks?|capos?|lujo|great|awesome|excellent|brilliant|lovely|cool|sweet|amazing|wonderful|impressive|superb|fenomenal|de\suna|bakan[oa]?|padrisimo|que\srapid\w+|muy\samables?|amables?|(?:5|five|cinco)\s(?:stars|estrellas)
        |entendid[oa]|enterad[oa]s?|recibid[oa](?=$|\s?(?:T|$))|anotado|noted|understood|got\sit|sounds\sgood|roger|okis?|okey|okay|ok|oki+|kk|okk+|k|vale|dale|(?<!como\s)(?<!que\s)va(?=\s*$|\sgracias)|sale(?=\s?$|\sgracias|\sthumbsup)|orale|de\sacuerdo|claro|listos?|listo|copiado|sip|sipi|yep|yup|yeah
        |(?:buen|bueno|feliz|lindo|linda|excelente|good|great|nice|happy)\s(?:dia|tarde|noche|fin|finde|semana|day|weekend|one)\w*|saludos|quedamos\satentos|quedo\satent[oa]|a\sla\sorden|igualmente|you\swere\sright|tenia\w*\srazon|mi\sculpa|my\s(?:bad|mistake)|figured\sit\sout|nice|fast|quick|thumbsup""",
    "U": r"reabr\w+|reopen\w*|re-?open|no\s(?:lo\s|me\s)?(?:cierren?|cerrar|cierres)\b|(?:do\snot|don'?t)\sclose",
    "Z": r"""not\s(?:really|yet|today|true|quite|exactly)|no\ses\s(?:cierto|asi|verdad)|falso|nop|nope|nopes|negativo|negative|nel|thumbsdown|no\sluck|not\s(?:for|on|in)\s(?:my|me|our|the|us|him|her)|(?:never|nunca)\s(?:came\sback|volvio|regreso)|no\ssuch\sluck|unfortunately|lamentablemente|desafortunadamente""",
    "R": r"""volv\w+|vuelv\w+|vuelt[oa]|regres\w+|reaparec\w+|reapareci\w*|(?:came|come|comes|coming|is|are|was|its|it's)\sback|again|otra\svez|otra\sves|de\snuevo|nuevamente|returned|recurr\w+|ocurre|ocurriendo|sucede|sucediendo|pasando|happens|happening|occurring|(?:segunda|tercera|2nd|second|third|3rd|2da|3ra)\s(?:vez|time)|(?:ha|have|has)\s(?:ocurrido|pasado|sucedido|happened|occurred)""",
    "S": r"""perfect[oa]?|perfectamente|perfectly|resuelt[oa]s?|resolv\w+|resolvi\w*|solucion(?:ado|ada|ados|o|aron|amos)|soluciono|solved|resolved|resuelv\w+|fix(?:ed|ing)?|arregl\w+|repar(?:ado|o|aron)|restablec\w+|restaur\w+|restored|recuper\w+|corregid[oa]|corrigio|qued(?:o|aron|ado|amos)|normal(?:idad|izado|izo|mente)?|operativ[oa]s?|operando|operational|bien|fine|good|mejor|better|all\sset|gone|disappear\w*|desaparec\w+|went\saway|happy|felices|good\sto\sgo|back\sto\snormal|levanto|tranquilo|melo|fino|pelo|up\sand\srunning|(?:back\s)?(?:up|online)|en\slinea(?=$|\s(?:T|gracias|ya))|arriba|todo\s(?:ok|en\sorden)|all\sgood|al\s(?:dia|100)|en\sorden|did\sit|d(?:id|o|oes)\sthe\strick|that\sworked|worked|like\sa\scharm|estable|stable|(?:ahora|hoy|ya|pero|a\smi)\ssi|works?\snow|por\sfin|al\sfin|finally|correct[oa]|correctamente|confirm(?:ado|ed)""",
    "F": r"""fall(?:a|an|o|aron|ando|aba|ar|ado|e|en)|fail(?:s|ed|ing|ure)?|ca(?:er|erse|e|en|yo|yeron|yendo|yendose|ido|ida|idos|idas)|cort(?:ar|arse|a|an|o|aron|ando|andose|ado)|congel\w+|trab(?:a|an|o|ado)|cuelg\w+|colg\w+|desconect\w+|bloque\w+|interrump\w+|entrecort\w+|rebot\w+|pierd\w+|murio|muert[oa]s?|dead|died|dies|drop(?:s|ped|ping)?|crash\w*|freez\w+|frozen|disconnect\w*|brok\w+|break(?:s|ing)?|lost|losing|down|offline|lent[oa]s?|lentisim[oa]|slow\w*|noisy|intermit\w+|peor|empeor\w+|worse|mal|sometimes|a\sveces|a\sratos|por\smomentos|on\sand\soff|impossible|imposible|negr[oa]|black|timeout|timed\sout|rechaz\w+|refused|denied|incomunicad\w+|entrecorta|robot\w*|garbled|choppy|stuck|bota(?:n|ndo)?|saca(?:n|ndo)?|kick(?:s|ed|ing)?|boot(?:s|ed)?\s(?:me|us)|blanc[oa]|acting\sup|spins?|spinning|hangs?|hung|busy|ocupad[oa]|one[\s-]way|(?:straight|directo)\s(?:to|al?)\s(?:voicemail|buzon)|cuts?\s(?:out|off)|no\s(?:dice|joy|go|hay\scaso)|va\sy\sviene|se\sva|mud[oa]s?|acts?\sup|locked|tirad[oa]s|colgad[oa]s?|pensando|latoso|lata|unusable|inservible|raro|weird|hissing|crackl\w+|timing\sout|reinicia|restarting|loop""",
    "P": r"""problemas?|errores|error|errors|inconvenientes?|incidentes?|issues?|problems?|trouble|outages?|ecos?|echo|ruidos?|noise|cortes|caidas|fallas|fallos|novedad|novedades|mensaje\sde\serror|retrasos?|lags?|interferencia|sintomas?|symptoms?|static|demora|latencia|delay|lag""",
    "C": r"""sig(?:ue|uen|o|uiendo)|seguimos|segui(?:a|mos)?|continu\w+|persist\w+|todavia|aun|still|keeps|keep(?=\s\w+ing)|remains?|prosig\w+|yet|sigueeee""",
    "E": r"""igual|iguales|tal\scual|como\santes|as\sbefore|square\sone|en\slas\smismas|mism[oa]s?|same|identic[oa]|idem""",
    "D": r"""cambi(?:o|os|a|ado)|chang(?:e|es|ed)|improv\w+|mejora\w*|difference|diferencia|avance|progress|resultado|result|solucion|help(?:ed)?|ayudo""",
    "W": r"""funci?on(?:a|an|o|aba|aban|ando|ar|e|en|aron|ado)|sirv(?:e|en|io|ieron|a|iendo)|serv(?:ia|ian|ir|ido)|and(?:a|an|uvo|ando|aba|ar)|jal(?:a|an|o|ando|ar|aron)|march(?:a|an|ando)|camin(?:a|ando)|entr(?:a|an|ar|o|aron|ando|e)|conect(?:a|an|o|ar|arme|arnos|amos)|carg(?:a|an|o|ar)|abr(?:e|en|ir|io)|suen(?:a|an)|timbr(?:a|an)|respond(?:e|en|io|iendo|er)|pued(?:o|e|en)|pod(?:emos|er|ia|iamos|ido)|pud(?:e|o|imos|ieron)|logr(?:o|a|e|amos|ado|ar)|dej(?:a|an)(?!\sde)|lleg(?:a|an|o|aron|ando|ar)|registr(?:a|an|o|ar)|prend(?:e|en|io)|encend\w+|enciend\w+|loguea\w*|marc(?:ar|o)|recib(?:o|i|e|en|imos|ir|ido)|ingres(?:o|a|e|ar|an|amos)|acced(?:er|o|emos)|imprim\w+|llam(?:ar|o|an)|work(?:s|ing|in)?|log\s?in|logging|load(?:s|ing|ed)?|ring(?:s|ing)?|connect(?:s|ed|ing)?|open(?:s|ing|ed)?|receiv\w+|able|can|could|print(?:s|ing)?|arriv\w+|coming|responding|dial|get\sin|lets?\s(?:me|us)\s(?:in|log|through)|stick|hold(?:s|ing)?|letting\s(?:me|us)|agarra\w*|coge|levanta\w*|sincroniza\w*|boot|arranc\w+|salen?(?=\s*$|\s(?:las\s)?llamadas)|start(?:s|ed)?|turn(?:s)?\son|sync\w*|pasa(?:n)?|load|fixes|answers?""",
    "V": r"""escuch(?:a|an|o|amos|ar|e)|oy(?:e|en|o)|oigo|oimos|ve(?:o|n|mos)?|hear|see|seeing|present(?:a|an|ado|o)""",
    "G": r"""servicio|internet|senal|tonos?|lineas?|llamadas?|correos?|red|conexion|acceso|audio|voz|sonido|sistema|telefonos?|service|signal|tone|calls?|e?-?mails?|access|sound|connection|dial\stone|wifi|datos|luz|lines?|phones?|vpn""",
    "H": r"""hay|tengo|tenemos|tiene|tienen|con|da|dan|sal(?:e|en|ir|io|iendo)|aparec\w+|marca|dice|have|has|get|gets|getting|got|with|there(?:'?s|\sis|\sare)|says|shows|mucho""",
    "N": r"""(?:dej[oa]|dejaron|dejan)\sde|stop(?:s|ped|ping)?|no|ni|sin|nunca|jamas|tampoco|ningun\w*|not|never|without|doesn'?t|doesnt|don'?t|dont|didn'?t|didnt|isn'?t|isnt|aren'?t|arent|wasn'?t|wasnt|hasn'?t|hasnt|haven'?t|havent|neither|nor|none|nobody|nadie|zero|cero|nada|nothing""",
    "Y": r"""ya|ahora|ahorita|hoy|now|today|actualmente|anymore|any\smore|longer""",
    "A": r"""antes|ayer|anoche|pense|crei|era|estaba\w*|before|used\sto|solia\w*|yesterday|was|were|thought|earlier|hasta""",
}
_WORDS = re.compile(
    "|".join(rf"(?P<{kind}>\b(?:{pattern})(?![\w']))" for kind, pattern in _KINDS.items()) + r"|(?P<o>\w[\w']*)",
    re.VERBOSE,
)
_OFTEN_MISTYPED = (
    "gracias thanks thank funciona funcionan funcionando sigue siguen todavia servicio problema solucionado "
    "solucion resuelto excelente perfecto perfect working still resolved solved fixed doesnt error fallas"
).split()
_SIGNS = {
    "thumbsup": "👍 🙏 👌 ❤ 💙 💚 💛 🧡 💜 🖤 ✅ ✔ 🙌 🎉 🥳 💯 😊 😀 😃 😄 😁 🙂 😍 🥰 😘 😎 🤗 👏 💪 🫡 🤝 🤩 🤙 ✨ 🌟 ⭐ 🫶 😇 ☺".split(),
    "thumbsdown": "👎 ❌ 😡 🤬 😠 😤 ⛔ 🚫".split(),
}
_SIGN = re.compile("|".join(f"(?P<{word}>{'|'.join(signs)})" for word, signs in _SIGNS.items()))
_CODE = re.compile(
    r":(?:(\+1|pray|thumbsup|ok_hand|heart|white_check_mark|heavy_check_mark|raised_hands|tada|100|clap|muscle|blush|smile|slightly_smiling_face)|-1|thumbsdown|x|rage):"
)


@lru_cache(maxsize=1024)
def _mend(word: str) -> str:
    if len(word) < 4 or (known := _WORDS.fullmatch(word)) and known.lastgroup != "o":
        return word
    near = extractOne(word, _OFTEN_MISTYPED, scorer=OSA.distance, score_cutoff=1)
    return near[0] if near else word


def plain_words(text: str) -> str:
    """Return a text folded, its signs as words, long letters short (`graciasss`) and common typos mended."""
    text = _SIGN.sub(lambda match: f" {match.lastgroup} ", text)
    text = _CODE.sub(lambda match: " thumbsup " if match[1] else " thumbsdown ", text)
    text = re.sub(r"([a-z])\1{2,}", r"\1", fold(text).replace("’", "'"))
    return re.sub(r"[a-z']+", lambda match: _mend(match[0]), text)


def is_automatic(words: str) -> bool:
    """Tell whether a machine wrote it: out of the office, received, undeliverable."""
    return _AUTOMATIC.search(words) is not None


def kinds_of(clause: str) -> str:
    """Return the kinds of the words of a clause, one letter each, in order."""
    return "".join(match.lastgroup or "" for match in _WORDS.finditer(clause))
