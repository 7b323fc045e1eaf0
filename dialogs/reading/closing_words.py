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
from dialogs.reading.wordlists import any_of

_AUTOMATIC = re.compile(
    any_of(
        r"""
        (mailbox inbox buzon correo address)_(\w+_){0,3}?(not no)_(\w+_)?(monitor\w+ atendid\w+ attended)
        (^\W* [.:;\n]\W* (este this it)_(es is)_(un una an?)_)auto(matic mated matica matico)?[-_]?(reply
            response respuesta message email)
        (^\W* [.:;\n]\W* (este_)?es_una?_)(respuesta mensaje correo reply response message
            email)_(es_)?(generad[oa]_)?automatic
        (generad[oa] enviad[oa] generated sent)_automatic
        (^_* [.:;,!\]]_* (estoy estare encuentro encontrare i'?m am be been is currently actualmente
            temporalmente)_)(out_of away_from fuera_de ausente_de)_(the_ my_ la_ mi_)?(office oficina desk)\b
        \booo\b
        \b(i_?'?a?m we_?'?a?re estoy estare me_encuentro i_?wi?'?ll_be i_have_been salgo sali)_(currently_
            actualmente_)?(on de en con away disfrutando)\b[^.;!?]{0,24}(vacation vacacion leave\b holiday
            licencia permiso incapacidad baja\b pto\b)
        \b(out away fuera ausente)_((until till hasta)\b (del from)_(the_)?\d)
        \b(limited limitado)_(access_to acceso_al?)_(my_ mi_ el_)?(e-?mail correo) acceso_limitado_al_correo
        \b(please_)?(do_not don'?t no)_(reply respond responda responder conteste contestar)\b[^.;!?]{0,8}(to a
            al)_(this est)
        \b(please_do_not_reply noreply no-reply undeliverable delivery_status mail_delivery
            could_not_be_delivered (mensaje correo)_(\w+_){0,3}?no_(se_)?pudo_(ser_)?entrega
            delivery_(has_)?failed)
        \b(gracias thanks?(_you)?)_(por for)_(contact\w+ comunic\w+ escrib\w+ reaching writing your_(message
            email) su_(mensaje correo))[^;]*\b(breve horas hours? within business asesor\w* recib\w+ received
            team_will responderemos a_la_brevedad get_back)
        \bi('m _am _will_be 'll_be)_(away out)\b[^;!?]{0,24}\b(until till with and)\b \bfuera_del_pais
        \b(we_have (?<!no_)hemos)_(received recibido)_(your su tu)_(message email request inquiry ticket case
            mensaje correo solicitud consulta caso)\b
        \b(message email request mensaje correo solicitud)_(has_been ha_sido)_(received recibid)
        \bno_puedo_atender_su\b \b(a_mi_regreso on_my_return upon_my_return estare_de_regreso when_i_return)\b
        """
    )
)

# Kind: what a word of it says.
#   T thanks, approval, taking note, goodbye     X nothing here (idioms that would mislead)
#   N negates what follows                       M cannot
#   W works, can, arrives                        S is solved, is well
#   F fails, is slow, is worse                   P a problem, by name
#   G a service, by name                         H have, get, there is
#   C goes on, still                             R again, came back
#   E the same as before                         D a change for the better
#   Y now, already                               A before, in the past
#   V hears, sees                                Z "nope", "not yet", said alone
#   U open the case again, it is not so          K what was not tried
#   B greets                                     o any other word
_KINDS = {
    "K": r"""
        (can'?t cannot couldn't no_(puedo pude))_(test verify check try probar validar revisar)
        (no not never n'?t sin tampoco aun todavia have havent haven't hasnt didnt)_(\w+_){0,4}?(prob(ado ar
            amos e) valid(ado ar) verific(ado ar) verify verified test(ed ear eado)? tried try tiempo_de
            time_to revis(ado ar) check(ed)? look(ed)?)\b
    """,
    "X": r"""
        hang_on hold_on (gracias thanks thank_you thx)_(por for x)_(nada nothing)
        (mal[ao]? pesim[oa] lent[oa] horrible terrible bad slow poor awful)_(la_ el_ su_)?(servicio atencion
            soporte service support response)
        (servicio atencion service support)_(muy_ tan_ is_ was_ very_)*(mal[ao]? pesim[oa] lent[oa] bad slow
            terrible)
        no_(se\b(?!_\w) lo_se entiendo entendi comprendo soy es_para quiero_(?!que) me_queda_claro)
        i?_?(do_not don'?t)_(know understand) sin_costo not_sure quien_sabe who_knows
        (no_puedo can'?t cannot)_(talk hablar atender contestar answer complain believe creer) como_no why_not
        por_que_no\b(?=_(me lo nos)_(llam escrib avis)) (calls? call)_me
    """,
    "M": r"""
        can'?t cannot couldn'?t won'?t wont unable_to no_logr\w+
        no_(puedo pude podemos pudimos puede pueden pudo)
    """,
    "B": r"""
        good_(morning afternoon evening) buen[oa]s_(dias tardes noches)
        (?<!gan_)(?<!gas_)(?<!un_)buen_dia(?=$ _(equipo a))
    """,
    "T": r"""
        (no don'?t dont)_(hay_)?(problem problema worries worry need te_preocupes se_preocupen? hace_falta
            es_necesari[oa] gracias thanks thank_(you u) complaints? further_questions)\b
        (no_)?(tengo queda quedan me_queda have)_(ningun\w*_ mas_ any_ more_)*(dudas? questions?)
        no_(tengo me_quedan? hay more)_(ningun\w*_ mas_ otr\w+_)*(dudas? preguntas? questions? consultas?)
        ya_no_necesit\w+ no_necesit\w+_(nada mas) (do_not don'?t)_need_(any more help)\w* de_nada nada_mas
        nothing_(else more) eso_(es seria era)_(todo eso)? that'?s_(all it) that_(will would)_be_all era_eso
        todo_de_mi_parte (thanks thank_you thx ty gracias)_(again de_nuevo otra_vez nuevamente)
        no_(further_action quedan?_pendientes? pending)\b\w* visto_bueno sombrero eficien\w+ all_sorted sorted
        ta(?=_*$) (ya_)?volvio_todo todo_volvio
        (sigo seguimos quedo quedamos estamos estoy)_(atent pendient en_contacto)\w* legend star conforme
        good_stuff cerrad[oa]_por kindly exitos abrazo done all_tested todo_probado nothing_to_report hats_off
        mis_respetos took_care_of_it nailed_it consider_(this it)_(\w+_)?closed
        dar(se lo)?_(el_caso_)?por_cerrado that'?ll_do falsa_alarma false_alarm never_?mind nvm
        (pueden? puedes podemos podrian? se_puede por_favor favor please can ok_to okay_to free_to ahead_and
            proced\w+_a)_(you_ we_ ya_ now_ proceder_a_)*(close cerrar\w* cierren? cerremos finalizar)\b
        (gracias gracia grax graci thanks thank_(you u) thx thnx tks ty agradezco agradecemos agradecid[oa]s?
            appreciate appreciated)_(\w+_){0,3}?(por for x)_(\w+_?){1,9}
        (mil muchas muchisimas many infinitas)?_?(gracias? grax grac thanks thank thx thnx tnx tks tysm tyvm ty
            tyty merci obrigad[oa] cheers)\b
        agradec\w+ agradezco se_agradece appreciat\w+ bendicion\w* dios_(te los? les?)_\w+ much_appreciated
        good_(job work) well_done great_(job work) (el la los las the)_(mejor mejores best)
        you_(guys_)?(rock rule are_(the_)?(best great awesome amazing)) nice_one life_?saver excelent\w* genial
        super buenisim[oa] brav[oi]ss?imo maravill\w* fantastic[oa]? estupend[oa] barbar[oa] bacan[oa]?
        chever[e] joya impecable cracks? capos? lujo great awesome excellent brilliant lovely cool sweet amazing
        wonderful impressive superb fenomenal de_una bakan[oa]? padrisimo que_rapid\w+ muy_amables? amables?
        (5 five cinco)_(stars estrellas) entendid[oa] enterad[oa]s? recibid[oa](?=$ _?(T $)) anotado noted
        understood got_it sounds_good roger okis? okey okay ok oki+ kk okk+ k vale dale
        (?<!como_)(?<!que_)(?<!no_)(?<!no_me_)(?<!no_nos_)va(?=_*$ _gracias)
        sale(?=_?$ _gracias _thumbsup) orale de_acuerdo claro listos?
        listo copiado sip sipi yep yup yeah
        (buen bueno feliz lindo linda excelente good great nice happy)_(dia tarde noche fin finde semana day
            weekend one)\w*
        saludos quedamos_atentos quedo_atent[oa] a_la_orden igualmente you_were_right tenia\w*_razon mi_culpa
        my_(bad mistake) figured_it_out nice fast quick thumbsup
    """,
    "U": r"""
        reabr\w+ reopen\w* re-?open no_(lo_ me_)?(cierren? cerrar cierres)\b (do_not don'?t)_close
        no_es_(cierto verdad) not_true
    """,
    "Z": r"""
        still_waiting (sigo seguimos aun todavia)_(esper\w+ a_la_espera) no_use in_vain en_vano
        not_(really yet today quite exactly) no_es_asi falso nop nope nopes negativo negative nel thumbsdown
        no_luck not_(for on in)_(my me our the us him her) (never nunca)_(came_back volvio regreso) no_such_luck
        unfortunately lamentablemente desafortunadamente
    """,
    "R": r"""
        volv\w+ vuelv\w+ vuelt[oa] regres\w+ reaparec\w+ reapareci\w*
        (came come comes coming is are was its it's)_back again otra_vez otra_ves de_nuevo nuevamente returned
        recurr\w+ ocurre ocurriendo sucede sucediendo pasando happens happening occurring
        (segunda tercera 2nd second third 3rd 2da 3ra)_(vez time)
        (ha have has)_(ocurrido pasado sucedido happened occurred)
    """,
    "S": r"""
        corrig\w+ functioning as_registered corrected patched repaired configured perfect[oa]? perfectamente
        perfectly resuelt[oa]s? resolv\w+ resolvi\w* solucion(ado ada ados o aron amos) soluciono solved
        resolved resuelv\w+ fix(ed ing)? arregl\w+ repar(ado o aron) restablec\w+ restaur\w+ restored recuper\w+
        corregid[oa] corrigio qued(o aron ado amos) normal(idad izado izo mente)? operativ[oa]s? operando
        operational bien fine good mejor better all_set gone disappear\w* desaparec\w+ went_away happy felices
        good_to_go back_to_normal levanto tranquilo melo fino pelo up_and_running (back_)?(up online)
        en_linea(?=$ _(T gracias ya)) arriba todo_(ok en_orden) all_good al_(dia 100) en_orden did_it
        d(id o oes)_the_trick that_worked worked like_a_charm estable stable (ahora hoy ya pero a_mi)_si
        works?_now por_fin al_fin finally correct[oa] correctamente confirm(ado ed)
    """,
    "P": r"""
        (la las una esa esta the)_(falla fallas) failures? problemas? errores error errors inconvenientes?
        incidentes? issues? problems? trouble outages? ecos? echo ruidos? noise cortes caidas fallas fallos
        novedad novedades mensaje_de_error retrasos? lags? interferencia sintomas? symptoms? static demora
        latencia delay lag
    """,
    "F": r"""
        fall(a an o aron ando aba ar ado e en) fail(s ed ing ure)?
        ca(er erse e en yo yeron yendo yendose ido ida idos idas) cort(ar arse a an o aron ando andose ado)
        congel\w+ trab(a an o ado) cuelg\w+ colg\w+ desconect\w+ bloque\w+ interrump\w+ entrecort\w+ rebot\w+
        pierd\w+ murio muert[oa]s? dead died dies drop(s ped ping)? crash\w* freez\w+ frozen disconnect\w*
        brok\w+ break(s ing)? lost losing down offline lent[oa]s? lentisim[oa] slow\w* noisy intermit\w+ peor
        empeor\w+ worse mal sometimes a_veces a_ratos por_momentos on_and_off impossible imposible negr[oa]
        black timeout timed_out rechaz\w+ refused denied incomunicad\w+ entrecorta robot\w* garbled choppy stuck
        bota(n ndo)? saca(n ndo)? kick(s ed ing)? boot(s ed)?_(me us) blanc[oa] acting_up spins? spinning hangs?
        hung busy ocupad[oa] one[_-]way (straight directo)_(to al?)_(voicemail buzon) cuts?_(out off)
        no_(dice joy go hay_caso) va_y_viene se_va mud[oa]s? acts?_up locked tirad[oa]s colgad[oa]s? pensando
        spoke_too_soon foja_cero como_al_principio (right_)?(back_)?where_we_started
        se_(me_ nos_)?fue(?=_(la el)_(linea internet senal luz servicio red conexion llamada tono audio))
        latoso lata unusable inservible raro weird hissing crackl\w+ timing_out reinicia restarting loop
    """,
    "C": r"""
        sig(ue uen o uiendo) seguimos segui(a mos)? continu\w+ persist\w+ todavia aun still keeps
        keep(?=_\w+ing) remains? prosig\w+ yet sigueeee
    """,
    "E": r"""
        igual iguales tal_cual como_antes as_before square_one en_las_mismas mism[oa]s? same identic[oa] idem
    """,
    "D": r"""
        cambi(o os a ado) chang(e es ed) improv\w+ mejora\w* difference diferencia avance progress resultado
        result solucion help(ed)? ayudo
    """,
    "W": r"""
        funci?on(a an o aba aban ando ar e en aron ado) sirv(e en io ieron a iendo) serv(ia ian ir ido)
        and(a an uvo ando aba ar) jal(a an o ando ar aron) march(a an ando) camin(a ando)
        entr(a an ar o aron ando e) conect(a an o ar arme arnos amos) carg(a an o ar) abr(e en ir io) suen(a an)
        timbr(a an) respond(e en io iendo er) pued(o e en) pod(emos er ia iamos ido) pud(e o imos ieron)
        logr(o a e amos ado ar) dej(a an)(?!_de) lleg(a an o aron ando ar) registr(a an o ar) prend(e en io)
        encend\w+ enciend\w+ loguea\w* marc(ar o) recib(o i e en imos ir ido) ingres(o a e ar an amos)
        acced(er o emos) imprim\w+ llam(ar o an) work(s ing in)? log_?in logging load(s ing ed)? ring(s ing)?
        connect(s ed ing)? open(s ing ed)? receiv\w+ able can could print(s ing)? arriv\w+ coming responding
        dial get_in lets?_(me us)_(in log through) stick hold(s ing)? letting_(me us) agarra\w* coge levanta\w*
        sincroniza\w* boot arranc\w+ salen?(?=_*$ _(las_)?llamadas) start(s ed)? turn(s)?_on sync\w* pasa(n)?
        load fixes answers?
    """,
    "V": r"""
        escuch(a an o amos ar e) oy(e en o) oigo oimos ve(o n mos)? hear see seeing present(a an ado o)
    """,
    "G": r"""
        servicio internet senal tonos? lineas? llamadas? correos? red conexion acceso audio voz sonido sistema
        telefonos? service signal tone calls? e?-?mails? access sound connection dial_tone wifi datos luz lines?
        phones? vpn
    """,
    "H": r"""
        hay tengo tenemos tiene tienen con da dan sal(e en ir io iendo) aparec\w+ marca dice have has get gets
        getting got with there('?s _is _are) says shows mucho
    """,
    "N": r"""
        (dej[oa] dejaron dejan)_de stop(s ped ping)? no ni sin nunca jamas tampoco ningun\w* not never without
        doesn'?t doesnt don'?t dont didn'?t didnt isn'?t isnt aren'?t arent wasn'?t wasnt hasn'?t hasnt haven'?t
        havent neither nor none nobody nadie zero cero nada nothing('?s)? nobody'?s
    """,
    "Y": r"""
        ya ahora ahorita hoy now today actualmente anymore any_more longer
    """,
    "A": r"""
        antes ayer anoche pense crei era estaba\w* before used_to solia\w* yesterday was were thought earlier
        hasta
    """,
}
_WORDS = re.compile(
    "|".join(rf"(?P<{kind}>\b(?:{any_of(words)})(?![\w']))" for kind, words in _KINDS.items()) + r"|(?P<o>\w[\w']*)"
)
_OFTEN_MISTYPED = any_of(
    """
    gracias thanks thank funciona funcionan funcionando sigue siguen todavia servicio problema solucionado solucion
    resuelto excelente perfecto perfect working still resolved solved fixed doesnt error fallas
    """
).split("|")
_THUMBS_UP = any_of(
    """
    👍 🙏 👌 ❤ 💙 💚 💛 🧡 💜 🖤 ✅ ✔ 🙌 🎉 🥳 💯 😊 😀 😃 😄 😁 🙂 😍 🥰 😘 😎 🤗 👏 💪 🫡 🤝 🤩 🤙 ✨ 🌟 ⭐ 🫶 😇 ☺
    :(\\+1 pray thumbsup clap 100 tada heart muscle blush smile):
    """
)
_SIGN = re.compile(
    rf"(?P<thumbsup>{_THUMBS_UP})|(?P<thumbsdown>{any_of('👎 ❌ 😡 🤬 😠 😤 ⛔ 🚫 :(-1 thumbsdown rage x):')})"
)
# Names that hold a `_`, which `any_of` would take for a space.
_NAMED_SIGN = re.compile(r":(?:ok_hand|white_check_mark|heavy_check_mark|raised_hands|slightly_smiling_face):")


@lru_cache(maxsize=1024)
def _mend(word: str) -> str:
    known = _WORDS.fullmatch(word)
    if len(word) < 4 or (known and known.lastgroup != "o"):
        return word
    near = extractOne(word, _OFTEN_MISTYPED, scorer=OSA.distance, score_cutoff=1)
    return near[0] if near else word


def plain_words(text: str) -> str:
    """Return a text folded, its signs as words, long letters short (`graciasss`) and common typos mended."""
    text = _SIGN.sub(lambda match: f" {match.lastgroup} ", text)
    text = _NAMED_SIGN.sub(" thumbsup ", text)
    text = re.sub(r"([a-z])\1{2,}", r"\1", fold(text).replace("’", "'"))
    return re.sub(r"[a-z']+", lambda match: _mend(match[0]), text)


def is_automatic(folded: str) -> bool:
    """Tell whether a machine wrote a folded text: out of the office, received, undeliverable."""
    return _AUTOMATIC.search(folded) is not None


def kinds_of(clause: str) -> str:
    """Return the kinds of the words of a clause, one letter each, in order."""
    return "".join(match.lastgroup or "" for match in _WORDS.finditer(clause))
