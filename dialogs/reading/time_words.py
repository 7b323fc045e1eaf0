"""The words that tell time, in Spanish and English, folded, each with its kind and its value."""

from __future__ import annotations

from typing import Final

Value = int | str | None


def words(line: str) -> frozenset[str]:
    """Return the words of a line."""
    return frozenset(line.split())


# Kind, then its words; `word=value` where the word has one. Clock units are in seconds, DAYS in days, MONTHS in
# months, weekdays from Monday = 0, REL and NIGHTOF in days from today.
_WORDS: Final[dict[str, str]] = {
    "REL": "hoy=0 oy=0 hoi=0 today=0 2day=0 tday=0 today's=0 ayer=-1 aller=-1 ayr=-1 aier=-1 ayher=-1 yesterday=-1 "
    "yest=-1 yday=-1 ystrday=-1 yesterday's=-1 anteayer=-2 antier=-2 antiayer=-2 antayer=-2 antiyer=-2 "
    "tomorrow=1 tmrw=1 tmw=1 tommorow=1 tomorow=1 2moro=1",
    "MANANA": "manana mnana manan mna mnn mnna mnan",
    "NIGHTOF": "anoche=-1 anoxe=-1 antenoche=-2 anteanoche=-2 antinoche=-2 tonight=0 tonite=0",
    "WD": "lunes=0 lune=0 lunez=0 martes=1 marte=1 miercoles=2 miercole=2 mierkoles=2 jueves=3 juebes=3 jueve=3 "
    "viernes=4 biernes=4 vierne=4 viernez=4 sabado=5 savado=5 domingo=6 monday=0 tuesday=1 tuseday=1 "
    "wednesday=2 wendesday=2 wensday=2 wednsday=2 thursday=3 friday=4 saturday=5 sunday=6",
    "WDA": "lun=0 mie=2 mier=2 jue=3 vie=4 vier=4 sab=5 dom=6 mon=0 tue=1 tues=1 wed=2 weds=2 thu=3 thur=3 "
    "thurs=3 fri=4 sat=5 sun=6",
    "MONTH": "enero=1 febrero=2 marzo=3 abril=4 mayo=5 junio=6 julio=7 agosto=8 septiembre=9 setiembre=9 "
    "octubre=10 noviembre=11 nobiembre=11 diciembre=12 january=1 february=2 march=3 april=4 may=5 june=6 "
    "july=7 august=8 september=9 october=10 november=11 december=12",
    "MONTHA": "ene=1 feb=2 mar=3 abr=4 jun=6 jul=7 sep=9 sept=9 oct=10 nov=11 dic=12 jan=1 apr=4 aug=8 dec=12",
    "PART": "tarde=afternoon trde=afternoon tard=afternoon tardecita=afternoon noche=night noxe=night "
    "tardecito=evening nochecita=evening madrugada=dawn madruga=dawn mananita=morning morning=morning mornin=morning "
    "morn=morning afternoon=afternoon aftrnoon=afternoon evening=evening night=night nite=night nochesita=evening "
    "nochee=night nigth=night nght=night nigt=night nihgt=night",
    "NOON": "mediodia=12 medianoche=0 noon=12 midnite=0 midday=12 midnight=0 lunchtime=12",
    "EARLY": "temprano tempranito early",
    "STAGE": "principio=1 principios=1 inicios=1 comienzos=1 mediados=15 mid=15 finales=25 fines=25 late=25",
    "SEC": "segundo=1 segundos=1 second=1 seconds=1 seg=1 segs=1 secs=1 sec=1",
    "MIN": "minuto=60 minutos=60 minute=60 minutes=60 min=60 mins=60 minuts=60 mintos=60 minutitos=60 mnts=60",
    "HOURS": "horas=3600 hours=3600 hrs=3600 hs=3600 h=3600 hr=3600 oras=3600 horitas=3600",
    "HOUR": "hora=3600 hour=3600 ora=3600 horita=3600",
    "DIA": "dia=1 day=1",
    "DAYS": "dias=1 days=1",
    "WEEK": "semana=7 semanita=7 semanas=7 sem=7 week=7 weeks=7 wk=7 wks=7 fortnight=14",
    "MONTHS": "mes=1 meses=1 month=1 months=1",
    "YEARS": "ano=12 anos=12 year=12 years=12 yr=12 yrs=12",
    "NIGHTS": "noches=1 nights=1",
    "ONE": "un=1 una=1 an=1 one=1 uno=1",
    "WNUM": "cero=0 zero=0 dos=2 tres=3 cuatro=4 cinco=5 seis=6 siete=7 ocho=8 nueve=9 diez=10 once=11 doce=12 "
    "trece=13 catorce=14 quince=15 dieciseis=16 diecisiete=17 dieciocho=18 diecinueve=19 veinte=20 veintiuno=21 "
    "veintiun=21 veintidos=22 veintitres=23 veinticuatro=24 veinticinco=25 veintiseis=26 veintisiete=27 "
    "veintiocho=28 veintinueve=29 treinta=30 cuarenta=40 cincuenta=50 two=2 three=3 four=4 five=5 six=6 "
    "seven=7 eight=8 nine=9 ten=10 eleven=11 twelve=12 thirteen=13 fourteen=14 fifteen=15 sixteen=16 "
    "seventeen=17 eighteen=18 nineteen=19 twenty=20 thirty=30 forty=40 fifty=50",
    "ORD": "primero=1 primer=1 first=1",
    "PRIMERA": "primera primeras",
    "MEDIA": "media medio half",
    "CUARTO": "cuarto quarter kuarto cuartos quarters",
    "PAIR": "par couple",
    "TIPO": "tipo tipin around about abt bout circa approximately approx aproximadamente aprox",
    "APPROX": "unas unos como casi like almost nearly roughly exactamente exactly apenas recien just nomas "
    "probably maybe o or ni so mismo muy earlier festivo feriado",
    "SOBRE": "sobre hacia alrededor cerca pasadas eso",
    "OVER": "over",
    "NOW": "now already ya",
    "AS": "as",
    "MAS": "mas more less poco",
    "THAN": "than",
    "AMPM": "am=am pm=pm",
    "EN": "en por x in on durante during",
    "A": "a",
    "AT": "at",
    "AL": "al",
    "LA": "la",
    "LAS": "las",
    "ALAS": "alas",
    "EL": "el",
    "THE": "the",
    "LOS": "los",
    "DE": "de d of",
    "DEL": "del",
    "Y": "y and",
    "MENOS": "menos",
    "PARA": "para pa pal",
    "BY": "by",
    "TO": "to thru through",
    "PAST": "past",
    "ANTE": "ante",
    "ONWARD": "adelante onward onwards forward",
    "AFTER": "after despues",
    "BEFORE": "before antes",
    "LAST": "last ultimo ultima ultimos ultimas pasado pasada pasados pasadas previous",
    "ANTEPASADO": "antepasado antepasada",
    "NEXT": "next proximo proxima siguiente",
    "THIS": "este esta this estas estos these",
    "ALL": "toda all whole entire todo",
    "QUE": "que q ke k",
    "COMING": "viene entra",
    "SINCE": "desde dsd dsde desd dede dese desed esde desfe dezde desdes since sicne sinse snce sence "
    "starting beginning partir apartir",
    "FROM": "from",
    "UNTIL": "hasta asta hsta until till til untill",
    "BETWEEN": "entre between",
    "BEGAN": "empezo empeso comenzo comenso inicio arranco started began start starts empezaron comenzaron "
    "iniciaron comienzo",
    "ENDED": "termino ended fin finalizo end",
    "WORKS": "working work funcionar andar funcionando",
    "HACE": "hace ace ase hase hac hara",
    "AGO": "ago atras back",
    "LLEVA": "lleva llevamos llevo llevan yevamos yeva lleba llebamos llebo yebamos",
    "BEEN": "been",
    "DOWN": "down out offline dead",
    "HAVE": "tengo tenemos tiene tienen",
    "NEW": "nuevo new",
    "FOR": "for",
    "SIN": "sin without no haven't havent hasn't hasnt not isn't isnt",
    "VAN": "van",
    "FALTA": "faltando faltaban",
    "DENTRO": "dentro",
    "PUNTO": "punto",
    "PICO": "pico algo",
    "OCLOCK": "o'clock oclock",
    "ISH": "ish",
    "WEEKEND": "finde weekend wkend",
    "XMAS": "navidad=1225 nochebuena=1224 christmas=1225 xmas=1225 nochevieja=1231",
    "EVE": "eve vispera",
    "FUTURE": "will vendra vendran programado programada scheduled agendado agendada llegara "
    "available disponible vengan venga venir vence vencen llamarme llamenme llamen",
    "BUT": "pero but",
    "WANT": "need needs want wants necesito necesitamos necesita necesitan quiero queremos requiero requerimos urge "
    "please favor ready listo lista",
    "EACH": "cada every each daily diario diariamente diaria siempre always",
    "TODOS": "todos todas",
    "PLURAL": "tardes mananas madrugadas mornings afternoons evenings domingos sabados mondays tuesdays wednesdays "
    "thursdays fridays saturdays sundays weekdays weekends",
    "OPENING": "horario horarios abren abre abrimos cerramos cierran atienden atendemos atiende open opens close "
    "closes closed trabajamos abierto abiertos",
    "OURS": "our business opening working store",
    "TIME": "time",
    "HOLD": "hold espera waiting customer customers cliente clientes",
    "GREETING": "buenas buenos buen buena good feliz linda lindo excelente nice great happy bonita bonito felices",
    "SHIFT": "turno guardia shift",
    "TICKET": "ticket tickets caso casos reporte case",
    "PLACE": "calle cll av avenida ave plaza carrera cra kra col colonia barrio hospital universidad colegio "
    "transversal diagonal autopista ext extension extensiones extensions piso version port puerto vlan "
    "canal channel sala salon oficina room suite local factura invoice opcion option pagina page "
    "pasos step nivel level prioridad priority sev windows office ip error codigo code interfaz pin apto "
    "km press paseo bulevar boulevard urb urbanizacion jr jiron pasaje ruta metro estadio hotel escuela "
    "club teatro clinica barrios",
    "NAMED": "soy habla don sr senor senora sra santo black ruby cyber llamo atendio",
    "THING": "floor line phone call site office user attempt try row level location place piso linea telefono "
    "equipo mbps gbps ms megas mb gb kbps user main street st ave team crew clinic mode percent veces",
}


def _parse() -> dict[str, tuple[str, Value]]:
    words: dict[str, tuple[str, Value]] = {}
    for kind, line in _WORDS.items():
        for item in line.split():
            word, _, value = item.partition("=")
            words[word] = (kind, int(value) if value.lstrip("-").isdigit() else value or None)
    return words


LEXICON: Final = _parse()
