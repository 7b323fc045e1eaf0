"""How many people a problem touches and whether there is a way around, from facts and never from the tone."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dialogs.cases import Impact
from dialogs.reading.text import fold


@dataclass(frozen=True, slots=True)
class ImpactReading:
    """An impact, absent when the text tells nothing of who is affected, and why (a stable name)."""

    impact: Impact | None
    reason: str


_WHO = r"(?:usuari[oa]s?|personas?|emplead[oa]s?|companer[oa]s?|compas?|colegas?|agentes?|clientes?|extensi[oa]n(?:es)?|internos?|anexos?|lineas?|telefonos?|equipos?|maquinas?|computador(?:es|as?)?|pc'?s?|puestos?|sedes?|sucursal(?:es)?|oficinas?|tiendas?|sitios?|correos?|cuentas?|users?|people|persons?|employees?|coworkers?|colleagues?|agents?|customers?|clients?|extensions?|lines?|phones?|devices?|machines?|computers?|laptops?|sites?|branch(?:es)?|offices?|stores?|seats?|accounts?|mailboxes|guys|troncal(?:es)?|trunks?|asesor(?:es|as?)?|vendedor(?:es|as?)?|tecnic[oa]s?|meser[oa]s?|cajer[oa]s?|medic[oa]s?|enfermer[oa]s?|profesor(?:es|as?)?|alumn[oa]s?|operador(?:es|as?)?|ejecutiv[oa]s?|analistas?|repartidor(?:es)?|choferes?|chofer|huespedes|gerentes?|cajas?|terminal(?:es)?|impresoras?|celulares?|tablets?|diademas?|reps?|clerks?|cashiers?|nurses?|drivers?|technicians?|operators?|students?|teachers?|guests?|workers?|workstations?|desks?|registers?|terminals?|printers?|handsets?|headsets?|members?|callers?|departamentos|areas|departments|teams|locations?)"
_WHOLE = r"(?:empresa|compania|oficina|ofi|flota|escuela|colegio|universidad|agencia|sede|organizacion|operacion|planta|sucursal|call\s?center|contact\s?center|centro\sde\sllamadas|negocio|hotel|clinica|hospital|banco|tienda|fabrica|edificio|red|central|company|office|organi[sz]ation|business|operation|operations|site|plant|building|staff|firm|personal|gente|mundo|world|network|pbx|hotel|bank|school|fleet|warehouse|shop|store|clinic|telephony|telefonia)"
_PART = r"(?:piso|planta\sbaja|departamento|depto|area|equipo\sde|grupo\sde|turno|ala|seccion|floor|department|dept|team|area|shift|wing|unit|group|gerencia|jornada)"
_NUMBER_WORD = r"(?:dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|quince|veinte|treinta|cuarenta|cincuenta|cien|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|hundred)"
_BOSS = r"(?:jefe|jefa|gerente|director|directora|ceo|recepcionista|secretaria|asistente|doctor|doctora|contador|contadora|boss|manager|receptionist|assistant|secretary|director|supervisor|supervisora|usuario|usuaria|companero|companera|empleado|empleada|cliente|persona|agente|colega|user|coworker|colleague|coworker|employee|customer|client|person|agent|operador|operadora|vendedor|vendedora|tecnico|host|asesor|asesora|mesero|mesera|cajero|cajera|medico|medica|enfermera|profesor|profesora|alumno|ejecutivo|ejecutiva|analista|chofer|huesped|senor|senora|muchacho|muchacha|chico|chica|lady|guy|nurse|driver|rep|clerk|cashier|technician|teacher|student|guest|accountant|lawyer|abogado|abogada|vp|cfo|president|presidente|owner|dueno|duena)"

# Said of nobody affected, of other times and other things: taken out before anything is read.
_ASIDE = re.compile(
    r"""\b(?:hola|buenas?|buenos\sdias|buenas\stardes|saludos|gracias|thanks|hello|hi|hey|morning|dear|estimad[oa]s)\s(?:a\s|to\s|,\s?)?(?:tod[oa]s|all|everyone|everybody|team|equipo|folks|guys)\b
    |\b(?:tod[oa]s?\s(?:los|las|el|la)|cada|every|all)\s(?:the\s)?(?:dias?|mananas?|tardes?|noches?|semanas?|mes(?:es)?|horas?|minutos?|rato|viernes|jueves|martes|miercoles|sabados?|domingos?|monday|tuesday|wednesday|thursday|friday|saturday|sunday|tiempo|time|day|days|morning|week|weeks|night|hours?|minutes?|veces|vez|lunes|datos|pasos|steps|info\w*)\b
    |\b(?:nadie|no\sone|nobody|ninguno|noone)\s(?:de\s\w+\s|from\s\w+\s|has\s|have\s|ha\s|han\s)*(?:me|nos|contest\w*|respond\w*|atiend\w*|answer\w*|repl\w*|gotten\sback|got\sback|call\w+\s(?:me|us)|ayud\w*|help\w*|ven\w+|vino|venid\w*)\b(?!\s(?:puede|pueden))[^.;,!?]*
    |\btodo\sbien\b|\ball\sgood\b|\bde\stodos\smodos|\bante\stodo|\bsobre\stodo|\bdel\stodo|\bafter\sall|\bat\sall\b|\bi\sdo(?:n't|nt|\snot)\sknow|\bno\sse(?=\W*$|\sa?\s?cuant|\ssi\b)|\bi(?:'m|\sam)\snot\ssure|\b(?:i|we)\s(?:want|need|would\slike)\sto\s(?:talk|speak|report)|\bi(?:'ve|\shave)\sbeen\s(?:waiting|at\sthis|trying)|\bwho\sam\si\b|\b(?:help|call|tell|text|email)\sme\b|\blet\sme\sknow|\bme\s(?:llamo|urge|parece|comunico|gustaria|ayud\w+|respond\w+|contest\w+|atiend\w+|llam\w+|puede\w*|podri\w+|dicen|dijeron)\b|\bno\sme\shan?\s\w+|\b(?:mi|my)\s(?:nombre|name)\b|\bfor\sall\b|\btodo\slo\b|\bnot\ssure\show\smany|\ba\scuant\w+
    |\b(?:ayer|antes|anoche|yesterday|before|earlier)\b[^,;.]*?(?:,|;|\bpero\b|\bbut\b)|\bhate\sto\sbother\syou\s(?:but)?""",
    re.VERBOSE,
)
_NONE = re.compile(
    r"""\b(?:nadie|ningun\w*(?:\s\w+)?|nobody|no\sone|none|zero|cero|0|no\s(?:\w+\s)?(?:users?|customers?|one|people|usuarios|clientes))\s(?:is\s|are\s|was\s|esta\s|estan\s|ha\s(?:sido\s)?|resulta\s|fue\s|se\s(?:ve|ha\svisto)\s)?(?:yet\s)?(?:afectad\w+|affected|impacted|perjudicad\w+)
    |\b(?:no|not|n't|n[o']t|sin|without|does\snot|doesn't|isn't|aren't|tampoco)\s(?:\w+\s){0,3}?(?:afect(?:a|e|an|ar|o|ado|ados|ando|acion|aciones)|affect(?:s|ed|ing)?|impact(?:o|s|ed|ing|a)?|perjudic\w+|interrup\w+)\b(?!\s(?:solo|only|just))
    |^\W*(?:(?:de\smomento|por\s(?:ahora|suerte|fortuna|el\smomento)|aun|todavia|afortunadamente|hasta\s(?:ahora|el\smomento)|currently|luckily|fortunately|so\sfar|yet|at\sthe\smoment|for\snow|right\snow|really|aqui|here|pues|a|still)\W+)*(?:nadie|ningun[oa]|nobody|no\sone|noone|none|cero|zero)\b\W*(?:(?:de\smomento|por\s(?:ahora|suerte|fortuna|el\smomento)|aun|todavia|afortunadamente|hasta\s(?:ahora|el\smomento)|currently|luckily|fortunately|so\sfar|yet|at\sthe\smoment|for\snow|right\snow|really|aqui|here|pues|a|still)\W*)*$|\b(?:0|zero|cero)\s(?:usuarios|users|afectados|personas|people)
    |\b(?:nadie|no\sone|nobody|noone)\s(?:se\s)?(?:ha\s|has\s|have\s)?(?:quejad\w+|queja|complain\w*|report\w*|notic\w*|nota\w*|dado\scuenta|lo\susa|la\susa|uses?\sit|tiene\s(?:ningun\s)?problema\w*|has\s(?:any\s)?problems?|sin\sservicio)
    |\b(?:no\shay|there'?s|there\sis|there\sare)\s(?:nadie|nobody|no\sone|no\susers?)\s(?:afectad|affected|sin\sservicio|en\sla\soficina|in\sthe\soffice)|\bno\shay\s(?:nadie\s|usuarios\s|gente\s)?afectad\w+
    |\b(?:no\shay\snadie|nobody\sis|no\sone\sis|nadie\sesta)\s(?:in|en)\s(?:the|la)\s(?:office|oficina)
    |\b(?:solo|just|only|es|is|it's|simple|una)\s(?:es\s|un\s|una\s|an\s|a\s)?(?:simple\s)?(?:consulta|pregunta|duda|question|inquiry|informativ\w+|informational|preventiv\w+|preventive|cosmetic\w*|solicitud|request|sugerencia|suggestion)\b
    |\b(?:tod[oa]s?|everything|everyone|everybody|servicio|service|all)\b[^,.;]{0,20}?\b(?:con\snormalidad|normal(?:mente)?|normally|working\sfine|works?\sfine|funciona\sbien|is\sfine|trabajando\sbien|sin\sproblemas?|working\snormally)
    |\b(?:no|sin|without|zero)\s(?:effect|efecto|consecuencias|consequences)|\boper\w+\s(?:con\s|de\s(?:forma|manera)\s)?normal\w*|\b(?:es\s(?:una\s)?|an?\s|just\san?\s)(?:mejora|improvement|sugerencia|suggestion)\b|\b(?:solo|only|just|apenas)\s(?:\w+\s){0,2}(?:informacion|information|saber|to\sknow|duda|doubt|question|pregunta|consulta)\b|\b(?:dejar\sconstancia|for\sthe\srecord)\b
    |\b(?:ambiente|servidor|entorno|maquina|sistema)\sde\s(?:pruebas?|desarrollo|test)|\b(?:test|staging|dev|development)\s(?:environment|server|system)
    |\bno\ses\s(?:una\s)?(?:falla|urgente,\ses\suna\sconsulta)|\bnot\s(?:an?\s)?outage|\bno\s(?:le|les|nos)\s(?:pasa|ocurre|sucede|afecta|falla)\sa\s(?:nadie|ninguno)|\bhappen\w*\sto\s(?:nobody|no\sone|anyone)|\b(?:solo|only|just)\s(?:es\s)?(?:para|to)\s(?:consultar|ask|preguntar|inform\w*)
    |\b(?:quier\w+|necesit\w+|quisier\w+|want|need|like|solicit\w+|queremos)\s(?:to\s|a\s)?(?:agregar|anadir|crear|dar\sde\salta|cotizar|add|create|order|quote|comprar|contratar|un\scambio|a\schange)""",
    re.VERBOSE,
)
_ONLY_ONE = re.compile(
    rf"""\b(?:sol[oa]|solamente|unicamente|only|just|es\ssolo|nada\smas)\s(?:me\spasa\s|le\spasa\s|es\s)?(?:a\s)?(?:mi|yo|me|myself|(?:un[oa]|one)(?=\W*$)|un\s(?:sol[oa]\s)?{_WHO}|una\s(?:sola\s)?{_WHO}|(?:el|la|the|my|mi)\s\w+|1)\b(?!\s(?:y|and|piso|sede|sucursal|equipo\sde|departamento|area|\w+\s(?:branch|team|floor|office|site|department)))
    |\b(?:soy|i'?m|i\sam)\s(?:el|la|the)\s(?:unic[oa]|only\sone)
    |\b(?:nadie|nobody|no\sone|noone|ningun\sotro|ninguno)\s(?:mas|else)\b
    |\blos\sdemas\b(?:\s\w+)?\s(?:estan|pueden|si|bien|ok|funciona\w*|trabaja\w*)|\ba\s(?:los|las)\sdemas\ssi|\b(?:everyone|everybody|anyone)\selse\s(?:is|can|works|seems)|^\W*(?:the\s)?others?\s(?:is|are|can)\s(?:fine|ok|working)
    |\b(?:a\smis\s(?:companer\w+|colegas)\ssi|works?\s(?:fine\s)?for\s(?:my|the)\s(?:coworkers|colleagues|others|rest))
    |\b(?:sol[oa]|only|just|solamente|unicamente)\s(?:le\s|me\s)?(?:ocurre|pasa|sucede|happens|affects|afecta|fall[as]|fails)\s(?:a\s|to\s|con\s|for\s)?(?!vari|algun|much|sever|some|many|l[oa]s|the)\w+|\b(?:al|el|los|las)\s(?:resto|demas|otros|otras)\s(?:\w+\s)?(?:si|le|les|funciona|esta|normal)|\b(?:works?|fine)\s(?:for|with)\s(?:the|my)\s(?:rest|others)|\bthe\s(?:rest|others)\b[^.;]{{0,20}}\b(?:is|are)\s(?:ok|fine|good)|\bnomas\s(?:a\s)?(?:mi|yo|me)\b|\bsoy\syo\s(?:solo|nada|nomas)|\b(?:solely|exclusively)\s
    |\b(?:apart\sfrom|aside\sfrom|fuera\sde|aparte\sde)\s(?:mi|me|yo)\b|\b(?:menos|excepto|except|but|salvo)\s(?:a\s)?(?:for\s)?(?:mi|yo|me)\b
    |\b(?:1|un[oa]?|one)\s(?:de|of|out\sof|de\slos)\s\d+|\b(?:de|of|out\sof)\s(?:los\s)?\d+\s\w+,?\s(?:solo|only|just)\s(?:un[oa]?|one)\b
    |(?<!not\s)(?<!ni\s)\b(?:un[oa]?|a|one|single)\s(?:sol[oa]|single)\s{_WHO}\b""",
    re.VERBOSE,
)
_NOT_ALL = re.compile(
    rf"""\bno\s(?:a\s)?tod[oa]s\b|\bnot\s(?:everyone|everybody|all)\b|\b(?:casi|practicamente|almost|nearly|virtually)\s(?:a\s)?(?:tod[oa]s?|nadie|ningun\w*|all|every\w*|no\sone|nobody|the\s(?:whole|entire|complete))|\b(?:hardly|barely|scarcely)\sany\w*|\b(?:only|solo|just|solamente)\s(?:those|the\sones|los\s(?:de|del|que)|las\s(?:de|del|que))\b|\b(?:mayoria|majority|mitad|half|mayor\sparte|most|no\ses\sgeneral|parcial\w*|partially)\b|\bpero\ssi\sa\b|\bit\s(?:isn.t|is\snot)\severyone
    |\b(?:tod[oa]s|all|everyone|everybody)\b[^,.;]{{0,12}}?\b(?:menos|excepto|salvo|except|but|aside\sfrom)\b(?!\s(?:a\s|for\s)?(?:mi|yo|me)\b)
    |\bno\ssoy\s(?:el|la)\sunic[oa]|\bnot\sthe\sonly|\b(?:no\s(?:es\s)?sol[oa](?:\sa)?|not\s(?:just|only))\s(?:a\s)?(?:mi|me|yo|one|un[oa])\b
    |\b(?:sedes?|sucursal(?:es)?|oficinas?|tiendas?|pisos?|sites?|branch(?:es)?|offices?|stores?|floors?|teams?)\b[^.;]*\b(?:l[oa]s\s(?:demas|otr[oa]s)|the\s(?:others?|rest))\b
    |\b(?:solo|only|just|una?\sde\s(?:las|los|nuestras|nuestros)|one\sof\s(?:our|the)|solamente)\s(?:la\s|el\s|the\s|las\s|los\s)?(?:\w+\s){{0,2}}?(?:sedes?|sucursal(?:es)?|sites?|branch(?:es)?|offices?|oficinas?|tiendas?|locations?|pisos?|floors?|teams?|departments?|areas?|departamentos?)\b
    |\btod[oa]\s(?:el|la)\s(?:\w+\s)?{_PART}|\b(?:whole|entire|all\sof\sthe|all\sthe)\s(?:\w+\s){{0,2}}{_PART}\b
    |\b(?:media|medio|la\smitad|half|parte|part)\s(?:de\s|of\s)?(?:la\s|el\s|our\s|the\s|los\s|las\s)?\w+
    |\b(?:unos|some)\s(?:pueden|si|can)\b[^.;]*\b(?:otros|others|some)\b|\ba\s(?:algunos|unos|otros)\b|\bfor\ssome\b""",
    re.VERBOSE,
)
_ALL = re.compile(
    rf"""\b(?:ningun|ninguna)\s(?!problema|inconveniente|otr|momento|error|impacto|lado|tipo|caso)\w+|\btod(?:it|itit)[oa]s?\b|\btodo\sel\s(?:hotel|banco|edificio)|\ball\s(?:hands|telephony|branches|calls|offices)|\b(?:los|las|all|the)\s[1-9]\d+\s[a-z]+|\ball\s\d+\sof\b|\b(?:lost\sall|perdimos\stod\w+)|\b(?:zero|cero)\s(?:phones?|lines?|calls?|telefonos|lineas|llamadas)|\b(?:sin|no\s\w+)\sni\sun\w?\b|\b(?:paro|apagon|blackout|suspension)\s(?:total|general)|\btotal\s(?:blackout|shutdown)|\bcomplete\s(?:company|office|site|loss)|\bninguna\ssede|\btodas?\s(?:las|los)\b|\bnot\sone\b|\b(?:whole|entire|complete)\s(?!time|day|week|thing|morning|afternoon|month|process|message|screen|page)\w+|\btod[oa]\s(?:el|la|nuestra|mi)\s(?!dia|tarde|noche|manana|semana|mes|tiempo|rato|info|ano|vida|santo|paciencia|ayuda|razon)\w+|\bno\s[a-z]+\s(?:can|could|registers?|rings?|works?)\b|\bin\sany\s\w+|\ben\sningun\w*\s\w+|\bestamos\stodos|\bwe(?:'re|\sare)\sall\b|\b(?:general|massive|widespread)\s(?:outage|failure)
    |\b(?:nadie|naide|nadien|nobody|nobdy|no\sone|noone|no-one)\b|\bninguno\b|\bnone\sof\b|\b(?:ningun|ninguna)\s{_WHO}\b|\b(?:ni\sun[oa]?\ssol[oa]?|not\s(?:a\ssingle|one))\b
    |\b(?:no\s(?:funciona|sirve|anda|suena|hay|entra|jala)\s(?:ni\s)?ningun\w*)
    |\b(?:tod[oa]s|tds|tods|todxs)\b(?!\s(?:modos|formas|maneras))|\btodo\s(?:el\s)?(?:mundo|personal|equipo\b(?!\sde)|call\s?center|{_WHOLE})|\btoda\s(?:la|nuestra)\s(?:\w+\s)?{_WHOLE}
    |\b{_WHOLE}\s(?:entera?|complet[oa]|total)
    |\b(?:everyone|everybody|evryone|everone|evrybody|every\s(?:single\s)?{_WHO}|every\s(?:single\s)?one)\b|\ball\s(?:of\s)?(?:the\s|our\s|my\s|of\s)*(?:\d+\s)?(?:us|{_WHO})\b
    |\b(?:the\s|our\s|my\s)?(?:whole|entire|complete)\s(?:\w+\s)?{_WHOLE}|\b(?:company|office|org|site)[-\s]?wide\b
    |\b(?:caida|corte|bloqueo|perdida|falla)\s(?:total|general|complet[oa]|masiv[oa])|\b(?:total|complete|full|major)\s(?:outage|loss|failure|blackout)
    |\b(?:total|complet|absolut)\w*\s(?:caid[oa]s?|incomunicad\w+|sin\s|down|offline|parad[oa]s?|dead|detenid\w+)|\bincomunicad[oa]s\b
    |\b(?:esta\s)?todo\s(?:esta\s)?(?:totalmente\s)?(?:caid[oa]|muerto|parado|abajo|fuera)|\bse\s(?:nos\s)?cayo\stodo|\beverything(?:'s|\sis|\swent)?\s(?:\w+\s)?(?:down|dead|offline|broken)|\bnothing\sworks|\bnada\sfunciona|\bno\sfunciona\snada
    |\b(?:la\s|nuestra\s|our\s|the\s)?(?:operacion|operaciones|planta|operations?|business|produccion|production|empresa|call\s?center)\s(?:esta\s|is\s|are\s|entirely\s|totalmente\s)*(?:detenida|parada|paralizad\w+|stopped|down|at\sa\sstandstill|halted|parado)|\bestamos\s(?:parados|paralizados|caidos|abajo|muertos)
    |\bwe(?:'re|\sare)\s(?:all\s|completely\s|totally\s|hard\s)*(?:down|dead|offline)\b|\bno\s(?:podemos|puede)\s(?:operar|trabajar)|\bcan(?:'t|not)\soperate
    |\bno\s(?:phones?|lines?|users?|extensions?|calls)\s(?:is\s|are\s|can\s)?(?:working|work|connect|ring|going)\w*|\bno\shay\s(?:quien|nadie\sque)\b|\b(?:isn't|not)\s(?:anyone|anybody)\b
    |\b100\s?%|\ba\snivel\snacional|\bnationwide|\bno\squeda\sun\ssolo|\b(?:las|los)\s\d+\s(?:sedes|usuarios|telefonos|lineas|sucursales|oficinas|extensiones)\s(?:estan|esta|sin)""",
    re.VERBOSE,
)
_MANY = re.compile(
    rf"""\b(?:vari[oa]s|algun[oa]s|much[oa]s|bastantes|divers[oa]s|unas?\scuant[oa]s|unos\scuantos|docenas?|decenas|cientos|multiples|distint[oa]s|several|sevral|some|many|multiple|various|numerous|few|couple|handful|dozens?|hundreds|lots?|bunch|number)\s?(?:de\s|of\s|the\s|mis\s|los\s|las\s|our\s|my\s|nuestr\w+\s)*(?:us\b|{_WHO}|ust?suarios|gente|clientela|remot\w+)
    |^\W*(?:a\s|les\spasa\sa\s|nos\spasa\sa\s|to\s)?(?:varios|varias|algunos|algunas|muchos|muchas|several|some|many|bastantes|a\sfew)\b|\b(?:pasa|pasan|ocurre|happening|happens|affects|afecta)\s(?:a\s|to\s)?(?:varios|varias|algunos|muchos|several|many|some)
    |\b(?:[2-9]|[1-9]\d+)\s?(?:{_WHO}|de\s\d+|of\s\d+|out\sof|%|por\sciento|percent|afectad\w+|los\sque|de\snosotros|of\sus|internos|mas)|\b(?:{_NUMBER_WORD}|\d+)\s(?:de|of)\s(?:las|los|the|our|nuestr\w+)\b|\b\d+\s(?:o|or|a|to)\s\d+\b|\b(?:pair|par)\s(?:of|de)\b|\bmedia\sdocena|\bdozen\b|\bworks\sfor\ssome|\b{_NUMBER_WORD}\s(?:mas\s|de\s|other\s|otros\s)?(?:{_WHO}|companer\w+|afectad\w+|de\snosotros|of\sus)|\bsomos\s(?:\d+|{_NUMBER_WORD}|vari\w+)
    |\b(?:otr[oa]s|other|mas|more|demas|mis|my|los|las|nuestr[oa]s|our|the)\s(?:\w+\s)?(?:usuarios|personas|gente|companer[oa]s|colegas|empleados|agentes|clientes|extensiones|internos|lineas|telefonos|users|people|coworkers|colleagues|employees|agents|customers|clients|extensions|lines|phones|calls)\b
    |\b(?:usuarios|clientes|empleados|agentes|companeros|users|customers|clients|employees|agents|people)\b|\bgrupo\sde|\bgroup\sof|\bpersonal\b
    |\b(?:los|las|the)\s(?:de|chic[oa]s|muchach[oa]s|que)\s\w+|\b(?:equipo|team|departamento|depto|department|area|dept)\b(?!\s(?:no\senciende|sigue))|\b(?:primer|segundo|tercer|cuarto|quinto|\d+|second|third|first|fourth|\dth)\s(?:piso|floor)|\b(?:piso|floor)\s\d
    |\b(?:sede|sucursal|site|branch|oficina\sde)\s\w+|\bextensiones\b|\binternos\b|\bextensions\b|\bothers?\s(?:have|are|too|can)\b|\botr[oa]s\stambien
    |\b(?:yo|me|i|mi|a\smi)\s(?:y|and|e|&)\s(?:a\s)?\w+|\b\w+\s(?:y|and|&|e)\s(?:yo|i|me|mi\s\w+)\b
    |\b(?!URGENTE)(?:[a-z]+,\s)*[a-z]+\s(?:y|and)\s[a-z]+\s(?:no\s(?:pueden|tienen|reciben|logran)|can'?t|cannot|have\sno|don'?t|aren't)""",
    re.VERBOSE,
)
_WE = re.compile(
    r"\b(?:podemos|nos (?:entran|llegan|deja|aparece|sale|funciona|cortan|permite)|se nos|tenemos|estamos|recibimos|logramos"
    r"|nuestr[oa]s?|we|our|us|turno|shift|(?:field |sales )?reps|vendedores|gerencia|contabilidad|ventas|compras|nomina|cartera|cobranzas?"
    r"|soporte|bodega|logistica|sales|finance|hr|accounting|billing|warehouse)\b"
    r"|\b[a-z]+ (?:y|and) [a-z]+ (?:no|sin|can'?t|cannot|have no|don'?t)\b|\b\w+ (?:office|site|branch) (?:is|has)\b"
)
_ONE_NAMED = re.compile(
    rf"\b(?:una?|1|one|an?|el|la|the|our|nuestr[oa]|al|del|single|m[iy]) (?:sol[oa] |single )?{_BOSS}\b"
)
_ONE = re.compile(
    rf"""\b(?:mi|mis|my|mine)\b(?!\s(?:nombre|empresa|compania|oficina|numero|name|number|company|office)\b)|\byo\b|\bi(?:'m|'ve|'d)?\b(?!\s(?:want|need|think|would))|\bme\b|\ba\smi\b|\bno\s(?:puedo|logro|tengo|recibo|veo|escucho|oigo|consigo|pude)\b|\b(?:estoy|tengo|perdi|olvide|quede|sigo)\b
    |\b(?:una?|1|one|single)\s(?:sol[oa]\s|single\s)?{_WHO}\b
    |\b(?:la|el|the)?\s?(?:extension|ext\.?|interno|anexo|linea|line|puesto|usuario|user)\s(?:numero\s|number\s|\#\s?)?\d+
    |\b[a-z]+(?:\s[a-z]+)?\s(?:no\s(?:puede|tiene|recibe|logra|escucha)|can'?t|cannot|has\sno|doesn'?t\shave)\b|\b(?:el|la|the|a|una?)\s(?:\w+\s){{0,2}}?(?:telefono|phone|fax|impresora|printer|computador\w*|pc|laptop|extension|interno|anexo|desk|machine|diadema|headset|tablet|celular|caja|register|softphone)\b|\b(?:somebody|someone|alguien)\s(?:in|from|de|en)\b|\b(?:dr|dra|doctor|doctora|sr|sra|mr|mrs|ms|ing)\.?\s[a-z]+|\bforgot\b|\blost\smy\b|\bmachine\b|\bcomputadora\b""",
    re.VERBOSE,
)
_FACTS = (
    (Impact.MANY_USERS, _NOT_ALL, "not_all_told"),
    (Impact.ONE_USER, _ONLY_ONE, "only_one_told"),
    (Impact.NONE, _NONE, "nobody_affected_told"),
    (Impact.ALL_DOWN, _ALL, "everyone_told"),
    (Impact.MANY_USERS, _MANY, "several_told"),
    (Impact.ONE_USER, _ONE_NAMED, "one_named"),
    (Impact.MANY_USERS, _WE, "we_told"),
    (Impact.ONE_USER, _ONE, "one_told"),
)


def read_impact(text: str, *, language: str) -> ImpactReading:  # noqa: ARG001 - people mix both languages, so both are read
    """Return who is affected by what a text tells, in Spanish or English.

    What bounds the damage ("only me", "not everyone") is heard before what spreads it ("nobody can"), so that
    neither shouting nor understatement counts. Greetings, times ("all day") and who has not answered are no facts.
    """
    folded = _ASIDE.sub(" ; ", fold(text).replace("’", "'"))
    for impact, pattern, reason in _FACTS:
        if pattern.search(folded):
            return ImpactReading(impact, reason)
    return ImpactReading(None, "nothing_told")


_NO_WAY_AROUND = re.compile(
    r"\b(?:sin|no hay|no tenemos|ninguna|no existe) (?:\w+ )?(?:alternativas?|forma|manera|opcion|plan b|respaldo)\b"
    r"|\bno (?:workaround|way around|alternative|other way|backup|plan b)\b|\bwithout (?:a )?(?:workaround|alternative)"
)
_WAY_AROUND = re.compile(
    r"\b(?:hay|tenemos|con|existe|usamos|usando) (?:una? |otra )?(?:alternativa|respaldo|backup|plan b|otra (?:forma|manera))"
    r"|\b(?:por ahora|mientras(?: tanto)?|de momento|provisionalmente)\W+(?:\w+ ){0,2}?(?:us|desvi|llam|trabaj|conect|usan)\w*"
    r"|\b(?:workaround|way around|in the meantime|for now (?:we|i)|meanwhile)\b"
    r"|\b(?:using|usando) (?:our |my |el |los |the |mi )?(?:cell\w*|mobiles?|celular\w*|movil\w*|datos|hotspot|whatsapp)"
)


def read_workaround(text: str) -> bool | None:
    """Tell whether there is a way around the problem, None when the text does not say."""
    folded = fold(text)
    if _NO_WAY_AROUND.search(folded):
        return False
    return True if _WAY_AROUND.search(folded) else None
