"""The idioms that tell what a closing message, or a clause of one, is about, in Spanish and English."""

from __future__ import annotations

import re

from dialogs.reading.wordlists import any_of

# What a machine wrote: out of the office, received, undeliverable.
AUTOMATIC = re.compile(
    any_of(
        r"""
        (mailbox inbox buzon correo address)_(\w+_){0,3}?(not no)_(\w+_)?(monitor\w+ atendid\w+ attended) (^\W*
            [.:;\n]\W* (este this it)_(es is)_(un una an?)_)auto(matic mated matica matico)?[-_]?(reply response
            respuesta message email) (^\W* [.:;\n]\W* (este_)?es_una?_)(respuesta mensaje correo reply response
            message email)_(es_)?(generad[oa]_)?automatic (generad[oa] enviad[oa] generated sent)_automatic (^_*
            [.:;,!\]]_* (estoy estare encuentro encontrare i'?m am be been is currently actualmente
            temporalmente)_)(out_of away_from fuera_de ausente_de)_(the_ my_ la_ mi_)?(office oficina desk)\b \booo\b
        ^_*ausente_por licencia_(de_)?(maternidad paternidad medica) (maternity paternity parental)_leave \b(i_?'?a?m
            we_?'?a?re estoy estare me_encuentro i_?wi?'?ll_be i_have_been salgo sali)_(currently_ actualmente_)?(on
            de en con away disfrutando)\b[^.;!?]{0,24}(vacation vacacion leave\b holiday licencia permiso incapacidad
            baja\b pto\b) \b(out away fuera ausente)_((until till hasta)\b (del from)_(the_)?\d) \b(limited
            limitado)_(access_to acceso_al?)_(my_ mi_ el_)?(e-?mail correo) acceso_limitado_al_correo
        \b(please_)?(do_not don'?t no)_(reply respond responda responder conteste contestar)\b[^.;!?]{0,8}(to a
            al)_(this est) \b(please_do_not_reply noreply no-reply undeliverable delivery_status mail_delivery
            could_not_be_delivered (mensaje correo)_(\w+_){0,3}?no_(se_)?pudo_(ser_)?entrega delivery_(has_)?failed)
        ^\W*(no_molestar do_not_disturb) \b(office oficinas?)_(is are esta estan permanece\w*)_(closed
            cerrad\w+)_(until till hasta) \b((cambio changed)_(el the)_(nombre name tema topic icon\w*) se_unio_a(l
            _la) joined_(the_)?(channel group conversation chat) fue_agregad[oa]_al? was_added_to left_the_(channel
            group conversation) salio_de(l _la)_(grupo canal) (has_been have_been was were)_(added removed)_(to from)
            (mensaje message)_(\w+_){1,2}(eliminado deleted) (pinned renamed started_a call_ended)_ abandono_(el
            la))\b \b(gracias thanks?(_you)?)_(por for)_(contact\w+ comunic\w+ escrib\w+ reaching writing
            your_(message email) su_(mensaje correo))[^;]*\b(breve horas hours? within business asesor\w* recib\w+
            received team_will responderemos a_la_brevedad get_back) \bno_(me_encuentro estoy estare)_disponible
        \bi('m _am _will_be 'll_be)_(away out)\b[^;!?]{0,24}\b(until till with and)\b \bfuera_del_pais \b(we_have
            (?<!no_)hemos)_(received recibido)_(your su tu)_(message email request inquiry ticket case mensaje correo
            solicitud consulta caso)\b \b(message email request mensaje correo solicitud)_(has_been ha_sido)_(received
            recibid) \bno_puedo_atender_su\b \b(a_mi_regreso on_my_return upon_my_return estare_de_regreso
            when_i_return)\b
        """
    )
)
CONTRASTS = {
    "although",
    "aunque",
    "but",
    "except",
    "excepto",
    "however",
    "luego",
    "menos",
    "pero",
    "salvo",
    "sin embargo",
    "solo que",
    "then",
    "though",
}
ASKING = re.compile(
    any_of(
        r"""
        _*[¿_]*(ok(ay)?_ hola_ hi_ y_ and_ so_)?(que_(fue paso ocurrio sucedio significa tengo hago debo era) cual\b
            cuales\b como_(lo se_(?!oy escuch ve\b) puedo hago cambio configuro evit fue) cuando_(van? vienen?
            llegan?\b estar podr sera seria es\b lo_arregl me_llam nos_llam tendr hay) por_que\b a_que_ quien
            con_quien cuant[oa]s?\b (tengo_)?una?_(pregunta duda consulta preguntita) me_queda_una_duda (me_gustaria
            quisiera quiero queria necesito i_need_to)_(know saber preguntar consultar entender) me_(podri?an?
            puede[ns]? pueden podes)_\w+r\w* (podri?an? puede[ns]? pueden podes)_(explic indic decir enviar mandar
            ayudar) what\b(?!_(a bad terrible poor awful)\b) why\b how\b when_(will are is can does do)
            who\b(?!_knows) where\b which\b is_(it there this) are_(you we) can_(i you we)\b could_(i you we)\b do_(i
            we you) should will_(it this you) does\b did_(you it) any_(idea chance) (i_have_a quick one
            a)_(quick_)?question hay_(algun que\b) me_tocari?a (para hasta desde)_(cuando que_hora) donde\b (a con de
            para en desde hasta)_(quien cual)\b me_(regalan? dan pasan comparten envian mandan ayudan confirman
            indican colaboran)(?!_(\w+_){0,4}?que_ya\b) (another otra)_(question pregunta duda consulta) de_casualidad
            puedo\b debo\b
            es_necesario i('d _would)_like_to_know)
        """
    )
)
# A question that tells a trouble of now: "is it normal that…", "why is it…".
SYMPTOM_ASKED = re.compile(
    any_of(
        r"""
        \b(es_normal (is_it is_that it's)_normal (anyone anybody alguien)_(else mas) (por_que why
            how_come)_(\w+_){0,2}?(is are does do isn'?t aren'?t am esta estan sale salen aparece aparecen (se me
            nos)_(cae caen corta cortan))\b como_(es_posible que puede_ser) how_(is_this can_this) porque_(no me nos
            se)\b)
        """
    )
)
MAY_HAPPEN = re.compile(
    any_of(
        r"""
        \b(pued[ea]n? podri?an? va_a van_a vaya vayan volver[ae]\w* vuelvan? pasara pase ocurra suceda repita caiga
            falle happens_(now next if) pasa_(ahora si) manana tomorrow tecnico technician ingeniero someone alguien
            ocurrira sucedera repetira will would could can may might going_to gonna evit\w+ avoid prevent si if
            chance future futuro)\b
        """
    )
)
NEW_MATTER = re.compile(
    any_of(
        r"""
        \b(otr[oa]_(cosa tema asunto problema caso requerimiento solicitud consulta inconveniente pedido incidente)
            otra_falla_(?!mas)\w+ (caso tema problema ticket)_(nuevo aparte distinto diferente) nuev[oa]_(caso tema
            problema solicitud requerimiento) algo_(distinto diferente mas) por_otr[oa]_(lado parte) aparte_de_eso
            adicional(mente)? ademas por_cierto (would also)_(also like) aprovech\w+ de_paso ya_que_estamos
            (?<!justo_)(?<!exactamente_)(?<!era_)(?<!es_)lo_que_necesit\w+ cambiando_de_tema tambien_(necesit quier
            quisier me_gustar)\w* ahora_(necesit quier quisier)\w* another_(thing issue problem case matter request
            ticket one) one_more_?: one_more_(thing issue request) a?_?different_(problem issue thing matter case)
            new_(issue problem case request ticket) unrelated separate(ly _issue)? on_another_note while_(i_have_you
            (you we)('re _are)_at_it) now_(on_?to for) next_up by_the_way btw also_(i we)_(need want would)
            something_else)\b
        """
    )
)
REQUEST = re.compile(
    any_of(
        r"""
        \b(necesit\w+ quiero quisiera queria favor por_favor please pls i_need we_need i_want we_want (i we)('d
            _would)_(just_)?like envi[ea]n\w* solicit\w+ agent)\b
        """
    )
)
# What its writer is about to do, so that nothing is said of the service yet.
PLAN = re.compile(
    any_of(
        r"""
        \b((voy vamos va)_a_\w+r dejame dejenme dejeme deje(n me)? let_me permitame permitanme les?_(cuento digo)
            te_(digo cuento aviso) ya_les?_(escribo llamo marco confirmo) (i we)('ll _will)_\w+ (will gonna)_\w+
            going_to_(try test check verify see look validate confirm monitor)
            testing checking looking_into on_it (prueb chec(k qu)? revis mir valid verific averigu)o confirm(o are)_en
            (prob revis chec(k qu)? mir valid verific confirm avis cont inform coment consult pregunt escrib monitore
            report estar)(are aremos ire iremos emos)\b probando revisando (?<!la_)(?<!esta_)(?<!de_)manana
            (?<!since_)tomorrow un_(moment\w+ rato ratito segundo) one_moment a_minute hold_on (al en_el)_rato
            mas_tarde (?<!y_)luego (?<!sooner_or_)later tonight (dame deme denme give_me)_\w+ (in en)_(a \d+
            unos)_(min\w* moment rato bit hour) espere?n?_(que a) (i'm estoy)_(en in)_(una a la the)?_?(reunion
            meeting junta llamada call transit camino) get_back let_you_know (apenas en_cuanto tan_pronto once
            as_soon_as after cuando when)_(\w+_){0,2}?(llegu\w+ pued[ao] teng\w+ get can vuelva regrese i'm lunch back
            almuerzo))\b
        """
    )
)
# What is said of the writer, of people, of papers and of how one was served, not of a service.
ASIDE = re.compile(
    any_of(
        r"""
        \b(factura\w* invoice\w* bill(ing s)? pagos? payment contratos? contract cotizacion\w* quote reunion\w*
            meeting junta vacacion\w* vacation cobr\w+ charg\w+ ignor\w+ disregard (de_)?contacto jef[ea]s? boss
            manager trabaj[oe] compañer[oa] companer[oa]s? razon_social (mi nueva nuestra)_direccion address (este ese
            ultimo)_mensaje perdon disculp\w+ sorry (el su este buen gran mi)_equipo(?=$ _de) team muchachos
            tecnic[oa]s? tech(nician s)? chicos ingenier[oa]s? reenvi\w+ forward(ed ing) copi(o a ando) cc
            documento\w* adjunt\w+ attach\w* firma signature encuesta survey hola hello hi hey prueba (avis[oe]\w*
            inform(e amos o ando) coment[oea]\w* (le les te)_(paso digo dije))(?!_que) \w{2,}(en an e a)(nle nles nme
            lo le)\b pas(o e)_(el la) told tell share compart\w+ (he les ya acabo_de ahi)_(mand enviad envie)\w*
            (aqui_tienen? here'?s here_is sent_you just_sent aqui_(esta va) ahi_(esta va les)) foto picture photo
            captura screenshot logs? llam(eme enme) ja(ja)+j? je(je)+ haha\w* lo+l sick enferm[oa] ill licencia
            driving manejando conduciendo gusto placer pleasure (this not no)_(\w+_){0,2}(mi my)_(caso ticket case)
            took tardaron demoraron tardado demorad[oa] (your su la)_(atencion attention service support) attention
            atencion respeto respect response_time verguenza shame joke se_equivocaron (?<![\w\s])\s*(you he she
            ustedes usted uds)_(?!(said told say closed)\b)\w+ (ya_)?no_(soy trabajo laboro) no_estoy i'm_not_(in at)
            i_(no don'?t)_(longer_)?work)\b
        """
    )
)
# The cause of it, which is past then.
EXPLAINED = re.compile(
    any_of(
        r"""
        \b((?<!no_)era_eso it_was_that that_was_it (me_di nos_dimos)_cuenta ya_vi_que false_alarm falsa_alarma (was
            era fue is)_(on de from)_(our nuestro my
            mi)_(side end lado parte) eran?_(que el nuestr[oa] la los un una mi tema cosa culpa problema_de) fue_(mi
            culpa un_tema cosa)_? resulto_(ser que) mi_(culpa error) (it that)_was_(the my our a just) was_my_(mistake
            fault error bad own) turn(ed s)?_out my_(mistake bad fault error) error_mio user_error tenia\w*_razon
            you_were_right (i was)_was_using)\b
        """
    )
)
# What takes note and no more.
ACK = re.compile(
    any_of(
        r"""
        \b(ok(ay s ey)? okis? k vale dale noted enterad[oa]s? entendid[oa] recibid[oa] anotado copiado understood
            got_it roger listos? de_acuerdo claro sip? yes yep yeah yup bueno)\b
        """
    )
)
WRITES_AGAIN = re.compile(
    any_of(
        r"""
        \b(avis\w+ contact\w* escrib\w+ report\w+ comunic\w+ llamo llamamos let_(you u)_know write reach_out call_you
            get_back ping update_you tell_you shout)\b
        """
    )
)
BELIEVED = re.compile(r"\b(?:pens[eao]\w*|crei\w*|thought|assumed)\b")
WAS = re.compile(r"\w(?:aban?|abamos)\b|\b(?:serv|pod|ten|hab|sal|conec)ian?\b")
IF_LATER = re.compile(
    r"(?<=\w\s)(?!si (?:ya|todo|quedo|gracias|senora?)\b)"
    r"(?:(?<!como\s)(?<!ahora\s)(?<!hoy\s)(?<!ya\s)\bsi|\bif|\bin case|\bpor si|\ben caso)\s\w.*"
)
IF = re.compile(
    r"\s*(?:si|if|cuando|when|en caso|in case|por si|unless|a menos"
    r"|cualquier (?:cosa|novedad|problema|falla|inconveniente|detalle|error|eventualidad)(?! que\b)"
    r"|any (?:problems?|issues?|trouble|errors?|news))\b(?!\s*$)"
)
# "Again" that repeats the thanks, not the trouble.
_AGAIN = r"(?:otra vez|de nuevo|nuevamente|una vez mas|(?:once |yet )?again)"
_THANK = r"(?:(?:muchas|muchisimas|mil|many) )?(?:gracias|thanks|thank you|thx)"
THANKS_AGAIN = re.compile(
    rf"(?:^|(?<=[.!;,\n]))\s*{_AGAIN},? (?={_THANK}\b)|(?:(?<=gracias)|(?<=thanks)|(?<=thank you)), {_AGAIN}(?=\W*$)"
)
# Whose lack is no trouble of a service: the writer's own, and what is done or known.
OWN = re.compile(
    any_of(
        r"""
        \b(estoy soy tengo se necesit\w+ quier\w+ entiend\w+ import\w* urg\w+ prisa pris caso ticket mio mia i'm am
            know want need mind understand care my case thread hurry rush urgent idea duda dudas pregunt\w+ quej\w+
            complain sab\w+ knew cuenta gracias)\b
        """
    )
)
