"""The patterns of what tells who is affected, in Spanish and English; `dialogs.reading.impacts` decides by them."""

from __future__ import annotations

import re

from dialogs.reading.impact_nouns import BOSS, DEVICE, NUMBER_WORD, OTHER_TRADE, PART, SENT, TRADE, WHO, WHOLE
from dialogs.reading.wordlists import any_of

# What is reached for ("a nadie"), sent ("all calls"), wished or expected tells nothing of who is affected; what is
# kept of it does.
NOT_WHO = re.compile(
    r"(?P<kept>"
    + any_of(
        r"""
        (?<!deja_)(?<!dejan_)(?<!permite_)\b(enviar\w* mandar\w* escribir\w* llamar\w* marcar\w* contactar\w* escuchar
            oir ver hablar comunicar\w* transferir\w* localizar encontrar contestar\w* responder atender escucho oigo
            veo llamo marco escribo mando envio consigo encuentro localizo)(_\w+){0,3}?(?=_(a con de)_(nadie
            ningun[oa]\b)) \b(call email reach hear text contact message dial)(?=_(nobody no_one)\b) \b(talk speak
            write send calls? emails? messages?)(_\w+){0,2}?(?=_(to with)_(nobody no_one)\b) \bno_(me
            nos)_\w+(?=_nadie\b)
        """
    )
    + any_of(rf"|\bno_(me_ nos_)\w+(_\w+)?(?=_ningun[oa]?_{SENT}\b)")
    + r")\s(?:(?:a|con|de|to|with)\s)?(?:nadie|nobody|no\sone|ningun[oa]?)\b|"
    + any_of(
        rf"""
        \btod[oa]s_(l[oa]s_)?(?=((mis nuestr[oa]s)_)?(\w+_)?{SENT}\b) (?<!lost_)\b(all_(of_)?(the_)? every_(single_)?
            each_)(?=((my our)_)?((in out)\w+_)?{SENT}\b) \b(necesit\w+ quier\w+ quer\w+ quisier\w+ gustaria
            solicit\w+ pid\w+)_que_(a_)?tod[oa]s?\b[^.;,!?\n\u2026]* \b(we_ i_)?(need want like)_(all every\w*
            each)\b[^.;,!?\n\u2026]*?_to\b[^.;,!?\n\u2026]* (\b(a_)?(tod[oa]s everyone everybody all
            every)\b(_\w+){{0,3}}?_)?(?<!no_)(?<!as_)\b(deberian? deberiamos tendria\w*_que se_supone_que lo_normal
            lo_esperado se_espera esperamos_que should supposed_to expected we_expect ought_to)\b(?!_not)((?!_(pero
            but)\b)[^.;,!?\n\u2026])*
        """
    )
)

# Said of nobody affected, of other times and other things: taken out before anything is read.
ASIDE = re.compile(
    any_of(
        r"""
        \b((good_)?(afternoon evening) hola buenas? buenos_dias buenas_tardes saludos gracias thanks hello hi hey
            morning dear estimad[oa]s)_(a_ to_ ,_?)?(tod[oa]s all everyone everybody team equipo folks guys
            tod[oa]_(el la)_\w+ the_whole_\w+)\b \b(tod[oa]s?_(los las el la) cada every all)_(the_)?(dias? mananas?
            tardes? noches? semanas? mes(es)? horas? minutos? rato viernes jueves martes miercoles sabados? domingos?
            monday tuesday wednesday thursday friday saturday sunday tiempo time day days morning week weeks night
            hours? minutes? veces vez lunes datos pasos steps info\w*)\b \b(nadie no_one nobody ninguno
            noone)_(de_\w+_ from_\w+_ has_ have_ ha_ han_)*(me nos contest\w* respond\w* atiend\w* answer\w* repl\w*
            gotten_back got_back call\w+_(me us) ayud\w* help\w* ven\w+ vino venid\w*)\b(?!_(puede pueden))[^.;,!?]*
        \btodo_bien\b \ball_good\b \bde_todos_modos \bante_todo \bsobre_todo \bdel_todo \bafter_all \bat_all\b
        \b(no_tengo (i_)?have_no)_(ni_)?idea \bi_do(n't nt _not)_know \bno_se(?=\W*$ _a?_?cuant _si\b) \bi('m
            _am)_not_sure \b(i we)_(want need would_like)_to_(talk speak report) \bi('ve _have)_been_(waiting at_this
            trying) \bwho_am_i\b \b(help call tell text email)_me\b \blet_me_know \bme_(equivo\w+ confund\w+ cobr\w+
            factur\w+ llamo urge parece comunico gustaria ayud\w+ respond\w+ contest\w+ atiend\w+ llam\w+ puede\w*
            podri\w+ dicen dijeron)\b \bno_me_han?_\w+ \b(mi my)_(nombre name)\b \bfor_all\b \btodo_lo\b
        \bnot_sure_how_many \ba_cuant\w+ \b(ayer antes anoche yesterday before earlier)\b[^,;.]*?(, ; \bpero\b
            \bbut\b) \b(mi my su your este this the el)_(caso case ticket reporte report factura invoice bill pedido
            order)\b \b(mi my)_\w+_(es is)_[+(]?\d[\d\s().-]* \bhate_to_bother_you_(but)?
        """
    )
)
NONE = re.compile(
    any_of(
        r"""
        \b(nadie ningun\w*(_\w+)? nobody no_one none zero cero 0 no_(\w+_)?(users? customers? one people usuarios
            clientes))_(is_ are_ was_ esta_ estan_ ha_(sido_)? resulta_ fue_ se_(ve ha_visto)_)?(yet_)?(afectad\w+
            affected impacted perjudicad\w+) \b(no not n't n[o']t sin without does_not doesn't isn't aren't
            tampoco)_(\w+_){0,3}?(afect(a e an ar o ado ados ando acion aciones) affect(s ed ing)? impact(o s ed ing
            a)? perjudic\w+ interrup\w+)\b(?!_(solo only just)) (^ [.!?;:\n])\W*((de_momento por_(ahora suerte fortuna
            el_momento) aun todavia afortunadamente hasta_(ahora el_momento) currently luckily fortunately so_far yet
            at_the_moment for_now right_now really aqui here pues a still)\W+)*(nadie ningun[oa] nobody no_one noone
            none cero zero)\b\W*((de_momento por_(ahora suerte fortuna el_momento) aun todavia afortunadamente
            hasta_(ahora el_momento) currently luckily fortunately so_far yet at_the_moment for_now right_now really
            aqui here pues a still)\W*)*$ \b(0 zero cero)_(usuarios users afectados personas people) \b(nadie no_one
            nobody noone)_(se_ lo_ la_)*(ha_ has_ have_)?(quejad\w+ queja complain\w* report\w* notic\w* nota\w*
            dado_cuenta lo_usa la_usa uses?_it (tiene tenido)_(ningun_)?problema\w* (has had)_(any_)?problems?
            sin_servicio) \b(no_hay there'?s there_is there_are)_(nadie nobody no_one no_users?)_(afectad affected
            sin_servicio en_la_oficina in_the_office) \bno_hay_(nadie_ usuarios_ gente_)?afectad\w+ \b(no_hay_nadie
            nobody_is no_one_is nadie_esta)_(in en)_(the la)_(office oficina) \b(solo just only es is it's simple
            una)_(es_ un_ una_ an_ a_)?(simple_)?(consulta pregunta duda question inquiry informativ\w+ informational
            preventiv\w+ preventive cosmetic\w* solicitud request sugerencia suggestion)\b \b(tod[oa]s? everything
            everyone(?!_else) everybody(?!_else) servicio service all)\b[^,.;]{0,20}?\b(con_normalidad normal(mente)?
            normally working_fine works?_fine funciona_bien is_fine trabajando_bien sin_problemas? working_normally)
        \b(no sin without zero)_(effect efecto consecuencias consequences) \boper\w+_(con_ de_(forma
            manera)_)?normal\w* \b(es_(una_)? an?_ just_an?_)(mejora improvement sugerencia suggestion)\b \b(solo only
            just apenas)_(\w+_){0,2}(informacion information saber to_know duda doubt question pregunta consulta)\b
        \b(dejar_constancia for_the_record)\b \b(ambiente servidor entorno maquina sistema)_de_(pruebas? desarrollo
            test) \b(test staging dev development)_(environment server system) \bno_es_(una_)?(falla
            urgente,_es_una_consulta) \bnot_(an?_)?outage \bno_(le les nos)_(pasa ocurre sucede afecta falla)_a_(nadie
            ninguno) \bhappen\w*_to_(nobody no_one anyone) \b(solo only just)_(es_)?(para to)_(consultar ask preguntar
            inform\w*) \b(quier\w+ necesit\w+ quisier\w+ want need like solicit\w+ queremos)_(to_ a_)?(agregar anadir
            crear dar_de_alta cotizar add create order quote comprar contratar un_cambio a_change pedir solicitar
            request)
        """
    )
)
# What somebody wants, asks for or will do: tells of nobody affected unless a trouble is told as well.
WANTS = re.compile(
    any_of(
        r"""
        \b(quier\w+ quer(emos ia iamos) quisier\w+ necesit\w+ solicit\w+ requer\w+ requier\w+ busc(o amos) (me
            nos)_(gustaria interesa) cotiz\w+ capacit\w+ portar portabilidad contratar factura\w* (want need like love
            looking)_(to a an the for pricing some more \d+) (i we)('d _would)_(just_ really_)?(like love) pricing
            please pls por_favor favor interested_in quote invoice upgrade to_schedule moving mudamos mudanza how_(do
            can much many_do) what_(are is would if happens) como_(veo hago puedo cambio configuro activo descargo
            agrego) cuanto_(cuesta vale) precio price thinking_(of about) pensando_en planning)\b ((^ [.?!¿¡;:\n])\W*
            \b(hola buenas dias tardes hi hello)\W+)((me_ nos_)?(pueden? podri?an? puedes podes)_\w+r\w* tienen do_you
            have_you is_there are_there can_(you we i) could_(you we i) would_you will_you)\b
        """
    )
)
ONLY_ONE = re.compile(
    any_of(
        rf"""
        \b(sol[oa] solamente unicamente only just es_solo nada_mas)_(me_pasa_ le_pasa_ es_)?(a_)?(mi yo me myself
            (un[oa] one)(?=\W*$) un_(sol[oa]_)?{WHO} una_(sola_)?{WHO} (el la the my mi)_\w+ 1)\b(?!_(y and piso sede
            sucursal equipo_de departamento area \w+_(branch team floor office site department))) \b(soy i'?m
            i_am)_(el la the)_(unic[oa] only_(one person user)) \b(nadie nobody no_one noone ningun_otro ninguno)_(mas
            else)\b \b(uno_solo solo_uno only_one)_(de of) \b(just only solo)_(mine el_mio la_mia) \b(only just
            solo)_(happen\w+ pas\w+ ocurr\w+ affect\w+ afect\w+)_(\w+_)?(to on in with a en con)_(my me mi mio)\b
        \b(una? one 1)_(de_ of_ out_of_)(los las nuestr[oa]s mis our my the)_(\d+_)?(?!(sedes sucursal oficinas
            tiendas sites branches offices stores locations pisos floors))\w+ \b(sol[oa] only just solamente
            unicamente)_(le_ me_)?(ocurre pasa sucede happens affects afecta fall[as] fails)_(a_ to_ con_
            for_)?(?!vari algun much sever some many l[oa]s the)\w+ \bnomas_(a_)?(mi yo me)\b \bsoy_yo_(solo nada
            nomas) \b(solely exclusively)_ \b(apart_from aside_from fuera_de aparte_de)_(mi me yo)\b \b(menos excepto
            except but salvo)_(a_)?(for_)?(mi yo me my)\b \b(1 un[oa]? one)_(de of out_of de_los)_\d+ \b(de of
            out_of)_(los_)?\d+_\w+,?_(solo only just)_(un[oa]? one)\b (?<!not_)(?<!ni_)(?<!hay_)(?<!queda_)\b(un[oa]?
            a one single)_(sol[oa] single)_{WHO}\b
        """
    )
)
NOT_ALL = re.compile(
    any_of(
        rf"""
        \b(tod[oa]s(_l[oa]s)?(_\w+)? ningun\w*(_\w+)? nadie everyone everybody nobody no_one all(_the _our _of)?_\w+
            none(_of_us)? (los las the)_\d+_\w+)_(en in de del from at on)_(la_ el_ the_ our_ nuestr[oa]_
            my_)?(\w+_)?({PART} {TRADE} {OTHER_TRADE})\b \b(tod[oa]s nadie everyone everybody nobody no_one)_(en in at
            de from)_(la_ the_ our_)?((sede sucursal tienda oficina)_(norte sur centro de_(?!la\b)\w+) (?!whole entire
            complete main the our my)\w+_(office branch site store))\b \b(en in de at)_(la_ el_ the_
            our_)?({PART}_(de_)?\w+ {TRADE} {OTHER_TRADE})\b[^.;]{{0,12}}?\b(nadie nobody no_one tod[oa]s everyone
            everybody ningun\w*)\b (?<!todos_)(?<!all_)\b([2-9] [1-9]\d+ {NUMBER_WORD})_(\w+_)?(de of out_of)_(los las
            the our mis my nuestr[oa]s)_(\d+ {NUMBER_WORD})\b \b([2-9] [1-9]\d+)_\w+\b[^.;]*_(de of out_of)_(los las
            the our nuestr[oa]s)_\d+\b \b([2-9] [1-9]\d+)_(de of out_of)_[1-9]\d+\b \bno_(a_)?tod[oa]s\b
        \bnot_(everyone everybody all)\b \b(casi practicamente almost nearly virtually)_(a_)?(tod[oa]s? nadie
            ningun\w* all every\w* no_one nobody the_(whole entire complete)) \b(hardly barely scarcely)_any\w*
        \b(only solo just solamente)_(those the_ones los_(de del que) las_(de del que))\b \b(third fraction tercio)
        \bde_(cada_)?\d+_{SENT} \b(cuarta tercera)_parte \b(mayoria majority mitad half mayor_parte most no_es_general
            parcial\w* partially)\b \bpero_si_a\b \bit_(isn.t is_not)_everyone \b(tod[oa]s all everyone
            everybody)\b[^,.;]{{0,12}}?\b(menos excepto salvo except but aside_from)\b(?!_(a_ for_)?(mi yo me)\b)
        \bno_soy_(el la)_unic[oa] \bnot_the_only \b(no_(es_)?sol[oa](_a)? not_(just only))_(a_)?(mi me yo one
            un[oa])\b \b(sedes? sucursal(es)? oficinas? tiendas? pisos? sites? branch(es)? offices? stores? floors?
            teams?)\b[^.;]*\b(l[oa]s_(demas otr[oa]s) the_(others? rest))\b (?<!our_)(?<!nuestra_)\b(solo only just
            una?_de_(las los nuestras nuestros) one_of_(our the) solamente)_(la_ el_ the_ las_
            los_)?(\w+_){{0,2}}?(sedes? sucursal(es)? sites? branch(es)? offices? oficinas? tiendas? locations? pisos?
            floors? teams? departments? areas? departamentos?)\b \btod[oa]_(el la)_(\w+_)?{PART} \b(whole entire
            all_of_the all_the)_(\w+_){{0,2}}{PART}\b \b(media medio la_mitad half parte part)_(de_ of_)?(la_ el_ our_
            the_ los_ las_)?\w+ \b(unos some)_(pueden si can)\b[^.;]*\b(otros others some)\b \ba_(algunos unos
            otros)\b \bfor_some\b
        """
    )
)
ALL = re.compile(
    any_of(
        rf"""
        \b(ningun ninguna)_(?!problema inconveniente otr momento error impacto lado tipo caso)\w+ \btod(it
            itit)[oa]s?\b \btodo_el_(hotel banco edificio) \ball_(hands telephony branches calls offices) \b(los las
            all the)_[1-9]\d+_(?!que\b)[a-z]+ \b(los las the our)_([2-9] {NUMBER_WORD})_(troncal(es)? trunks?)
        \bfuera_del_aire \boff_the_air \ball_\d+_of\b \b(lost_all perdimos_tod\w+) \b(zero cero)_(phones? lines?
            calls? telefonos lineas llamadas) \b(sin no_\w+)_ni_un\w?\b \b(paro apagon blackout suspension)_(total
            general) \btotal_(blackout shutdown) \bcomplete_(company office site loss) \bninguna_sede \btodas?_(las
            los)\b \bnot_one\b \b(whole entire complete)_(?!time day week thing morning afternoon month process
            message screen page)\w+ \btod[oa]_(el la nuestra mi)_(?!dia tarde noche manana semana mes tiempo rato info
            ano vida santo paciencia ayuda razon)\w+ \bno_[a-z]+_(can could registers? rings? works?)\b \bin_any_\w+
        \ben_ningun\w*_\w+ \bestamos_todos \bwe('re _are)_all\b \b(general massive widespread)_(outage failure)
        \b(nadie naide nadien nobody nobdy no_one noone no-one)\b \bninguno\b \bnone_of\b \b(ningun ninguna)_{WHO}\b
        \b(ni_un[oa]?_sol[oa]? not_(a_single one))\b \b(no_(funciona sirve anda suena hay entra jala)_(ni_)?ningun\w*)
        \b(tod[oa]s tds tods todxs)\b(?!_(modos formas maneras)) \btodo_(el_)?(mundo personal equipo\b(?!_de)
            call_?center {WHOLE}) \btoda_(la nuestra)_(\w+_)?{WHOLE} \b{WHOLE}_(entera? complet[oa] total) \b(everyone
            everybody evryone everone evrybody every_(single_)?{WHO} every_(single_)?one)\b \ball_(of_)?(the_ our_ my_
            of_)*(\d+_)?(us {WHO})\b \b(the_ our_ my_)?(whole entire complete)_(\w+_)?{WHOLE} \b(company office org
            site)[-_]?wide\b \b(caida corte bloqueo perdida falla)_(total general complet[oa] masiv[oa]) \b(total
            complete full major)_(outage loss failure blackout) \b(total complet absolut)\w*_(caid[oa]s?
            incomunicad\w+ sin_ down offline parad[oa]s? dead detenid\w+) \bincomunicad[oa]s\b
        \b(esta_)?todo_(esta_)?(totalmente_)?(caid[oa] muerto parado abajo fuera) \bse_(nos_)?cayo_todo
        \beverything('s _is _went)?_(\w+_)?(down dead offline broken) \bnothing_works \bnada_funciona
        \bno_funciona_nada \b(la_ nuestra_ our_ the_)?(operacion operaciones planta operations? business produccion
            production empresa call_?center)_(esta_ is_ are_ entirely_ totalmente_)*(detenida parada paralizad\w+
            stopped down at_a_standstill halted parado) \bestamos_(parados paralizados caidos abajo muertos) \bwe('re
            _are)_(all_ completely_ totally_ hard_)*(down dead offline)\b \bno_podemos_(operar trabajar)
        {WHOLE}_no_puede_(operar trabajar) \bcan('t not)_operate (?<!have_)(?<!has_)(?<!had_)\b(no every
            each)_(single_)?({WHO} queue)\b(?!_(is_)?(affected impacted)) \b(they we)_all\b \ball_(of_them three four
            five went are)\b \bno_(phones? lines? users? extensions? calls)_(is_ are_ can_)?(coming getting entering
            working work connect ring going)\w* \bno_hay_(quien nadie_que)\b \b(isn't not)_(anyone anybody)\b \b100_?%
        \ba_nivel_nacional \bnationwide \bno_queda_un_solo \b(no ni)_(entran? salen? suenan? recib\w+)_ni_(entran?
            salen? suenan? hac\w+) \bno_(nos_)?(entra sale suena recib\w+ hay pasa)_(ni_)?un[oa]?_sol[oa] \b(un_alma
            a_soul) \bno_(hay queda)_(ni_)?un[oa]?_sol[oa] \bno_hay_(por_donde forma_de manera_de
            como)_(\w+_)?(llam\w+ hacer sacar recibir salir entre) \b(no zero)_(inbound incoming)(_calls)?_(or and
            nor)_(outbound outgoing) \b(call can_call calls)_in_(or and nor)_out \bno_(\w+_)?(phones? calls? internet
            service)_(anywhere at_all in_the_(whole_)?(building office company))
        \bnos_quedamos_(todos_)?sin_(telefon\w+ internet servicio lineas? comunicacion\w* tono luz) \b(murio cayo
            apago quemo)_(el la)_(conmutador central(ita)? pbx planta troncal servidor) \b(conmutador centralita pbx
            planta_telefonica phone_system)_(esta_ is_ se_)(\w+_)?(caid\w+ muert\w+ down dead offline apag\w+ cayo
            murio) \b(las los our the nuestr[oa]s all ambas both)_({NUMBER_WORD}_ [2-9]_)?(sedes sucursales oficinas
            tiendas sites branches offices stores locations)_(estan are quedaron lost perdieron se_cayeron sin
            have_no)\b \b(las los)_\d+_(sedes usuarios telefonos lineas sucursales oficinas extensiones)_(estan esta
            sin)
        """
    )
)
MANY = re.compile(
    any_of(
        rf"""
        \b(vari[oa]s algun[oa]s much[oa]s bastantes divers[oa]s unas?_cuant[oa]s unos_cuantos docenas? decenas cientos
            multiples distint[oa]s several sevral some many multiple various numerous few couple handful dozens?
            hundreds lots? bunch number)_?(de_ of_ the_ mis_ los_ las_ our_ my_ nuestr\w+_)*(us\b {WHO} ust?suarios
            gente clientela remot\w+) (^ [.!?;:\n])\W*(a_ les_pasa_a_ nos_pasa_a_ to_)?(varios varias algunos algunas
            muchos muchas several some many bastantes a_few)\b \b(pasa pasan ocurre happening happens affects
            afecta)_(a_ to_)?(varios varias algunos muchos several many some) \b([2-9] [1-9]\d+)_?({WHO} de_\d+ of_\d+
            out_of % por_ciento percent afectad\w+ los_que de_nosotros of_us internos mas) \b({NUMBER_WORD} \d+)_(de
            of)_(las los the our nuestr\w+)\b \b\d+_(o or a to)_\d+\b \b(pair par)_(of de)\b \bmedia_docena \bdozen\b
        \bworks_for_some \b{NUMBER_WORD}_(mas_ de_ other_ otros_)?({WHO} companer\w+ afectad\w+ de_nosotros of_us)
        \b({NUMBER_WORD} \d+)_(de of)_(mis my)\b \b(the las los our)_(\w+_){{0,3}}(offices sites branches stores
            locations sedes sucursales tiendas oficinas)\b \bsomos_(\d+ {NUMBER_WORD} vari\w+) \b(?!my_calls)(otr[oa]s
            other mas more demas mis my los las nuestr[oa]s our the)_(\w+_)?(usuarios personas gente companer[oa]s
            colegas empleados agentes clientes extensiones internos lineas telefonos users people coworkers colleagues
            employees agents customers clients extensions lines phones calls)\b \b(usuarios clientes empleados agentes
            companeros users customers clients employees agents people)\b \bgrupo_de \bgroup_of \bpersonal\b \b(los
            las the)_(de chic[oa]s muchach[oa]s que)_\w+ \bthe_(\w+_){{0,2}}(folks people ones crew guys)
        \b(algun)?[ou]no_que_otro \bone_or_two \bplanta_(alta baja) \bacross_(the all) \ba_l[oa]s_(?!demas
            otr)\w+s_(\w+_){{0,2}}?no_les \b(equipo team departamento depto department area dept)\b(?!_(no_enciende
            sigue)) \b(primer segundo tercer cuarto quinto \d+ second third first fourth \dth)_(piso floor) \b(piso
            floor)_\d \b(sede sucursal site branch oficina_de)_\w+ \bextensiones\b \binternos\b \bextensions\b
        \bothers?_(have are too can)\b \botr[oa]s_tambien \b(yo me i mi a_mi)_(y and e &)_(a_)?\w+ \b\w+_(y and &
            e)_(yo i me mi_\w+)\b \b(?!URGENTE)([a-z]+,_)*[a-z]+_(y and)_[a-z]+_(no_(pueden tienen reciben logran)
            can'?t cannot have_no don'?t aren't) \b(los las the our nuestr[oa]s mis my)_(?!{SENT})\w*[^\Ws]s(_(de del
            en)_\w+ _in_the_\w+ _que_(\w+_){{0,3}}\w+)?_((no_(pueden? logran reciben tienen ven escuchan oyen entran
            llegan)) escuchan oyen dicen reportan hear report se_quedaron_sin can'?t cannot aren'?t don'?t couldn'?t
            have_no are_unable)\b
        """
    )
)
# Whose trouble it is is not told, but only a part of what is carried fails: "no salen llamadas a Venezuela".
SOME_CALLS = re.compile(
    any_of(
        rf"""
        \b{SENT}\b[^.;]*\b(internacional\w* nacional\w* local(es)? celulares? moviles fijos salientes entrantes
            inbound outbound incoming outgoing international toll_?free 1-?[89]00 domestic intermitent\w*
            intermittent\w*)\b \bevery_other_call \b(vari[oa]s much[oa]s several many most half_the)_{SENT}
        \b(internacional nacional local inbound outbound entrante saliente)\b \b(inbound outbound incoming outgoing
            international internacionales salientes entrantes some algunas)_(voice_)?{SENT} \b({SENT} llamar calling
            dialing dial marcar call sms texts? smses)_(a to hacia desde from)_(el_ la_ los_ las_ the_)?(?!mi\b my\b
            me\b)[a-z0-9] \b(llamadas cortes intermit\w+)\b[^.;]*_(la oficina sede sucursal)\b
        """
    )
)
AFFECTS = re.compile(r"\b(?:affect|afect|impact)")
WE = re.compile(
    any_of(
        rf"""
        \b(podemos nos_(entran llegan deja aparece sale funciona cortan permite) se_nos tenemos estamos recibimos
            logramos nuestr[oa]s? we our us turno shift (field_ sales_)?reps vendedores {TRADE})\b \b[a-z]+_(y
            and)_[a-z]+_(no sin can'?t cannot have_no don'?t)\b \b\w+_(office site branch)_(is has)\b
        """
    )
)
ONE_NAMED = re.compile(
    any_of(
        rf"""
        \b(una? 1 one an? el la the our nuestr[oa] al del single m[iy])_(sol[oa]_ single_)?{BOSS}\b
        """
    )
)
ONE = re.compile(
    any_of(
        rf"""
        \bno_(puedo logro recibo veo escucho oigo consigo pude)\b \b(una? 1 one single)_(sol[oa]_ single_)?{WHO}\b
        \b[a-z]+(_[a-z]+)?_(no_(puede tiene recibe logra escucha) can'?t cannot has_no doesn'?t_have)\b \b(somebody
            someone alguien)_(in from de en)\b \b(dr dra doctor doctora sr sra mr mrs ms ing)\.?_[a-z]+ (^
            [.!?;:\n])\W*((solo only just es it's en on in a_la al)_)*(el la the mi my un una
            a)_(\w+_){{0,2}}?{DEVICE} (^ [.!?;:\n])\W*(la_ el_ the_)?(extension ext\.? interno anexo linea line
            puesto)_(numero_ number_ #_?)?\d+ \b\w+'s_(computer laptop {DEVICE} account login email mailbox)
        \ba_(?!los las todos nadie)[a-z]+_(\w+_){{0,2}}?no_le_ \buna?_\w+_(de_\w+_)?(dice reporta comenta no_) (^
            [.!?;:\n])\W*(yo\W*$ (me a_mi)\W*($ [.,;!?])) \b(yo myself a_mi)\W*$
        """
    )
)
# Whom or what a clause is about; alone ("my case", "me cobraron") it tells no impact, beside a trouble it does.
OWN = re.compile(
    any_of(
        rf"""
        \b(mi mis my mine)\b(?!_(nombre empresa compania oficina numero name number company office)\b) \byo_(no
            tampoco ya tengo estoy sigo) \bi('m 've 'd)?\b(?!_(want need think would)) \bme\b \ba_mi\b \b(estoy tengo
            perdi olvide quede sigo forgot)\b \b(la el the)?_?(extension ext\.? interno anexo linea line puesto
            usuario user)_(numero_ number_ #_?)?\d+ \b(el la the a una?)_(\w+_){{0,2}}?{DEVICE} \bmachine\b
        \bcomputadora\b
        """
    )
)
NO_WAY_AROUND = re.compile(
    any_of(
        r"""
        \b(sin no_hay no_tenemos ninguna no_existe)_(\w+_)?(alternativas? forma manera opcion plan_b respaldo)\b
        \bno_(workaround way_around alternative other_way backup plan_b)\b \bwithout_(a_)?(workaround alternative)
        """
    )
)
WAY_AROUND = re.compile(
    any_of(
        r"""
        \b(hay tenemos con existe usamos usando)_(una?_ otra_)?(alternativa respaldo backup plan_b otra_(forma
            manera)) \b(por_ahora mientras(_tanto)? de_momento provisionalmente)\W+(\w+_){0,2}?(us desvi llam trabaj
            conect usan)\w* \b(workaround way_around in_the_meantime for_now_(we i) meanwhile)\b \b(us(ing ando amos o
            an e) (podemos puedo pueden we_can i_can they_can)_(usar use llamar_(por desde con)? call_(from with
            on)?))_(our_ my_ el_ los_ the_ mi_)?(cell\w* mobiles? celular\w* movil\w* datos hotspot whatsapp)
        """
    )
)

# How loud or how shy something is told, which says nothing of who is affected.
TONE = re.compile(
    any_of(
        r"""
        \b(es_ muy_ es_muy_ it'?s_ very_)?(urgent[eí]?simo urgente?s? urge(ncia)? asap emergenc(ia y))\b[\s:,.-]*
        \b(por_favor porfa(vor)? please pls plz ya_mismo cuanto_antes right_now)\b
        \b(es_ solo_ just_ only_)?(un_detall(e ito) una_(cosita cosa_menor pequenez) a_(small little tiny minor)_(thing
            issue detail))(_(menor sin_importancia nada_grave)\b)?[\s:,.-]*
        \b(nothing_(major serious) nada_grave no_es_grave sin_importancia no_big_deal)\b[\s:,.-]*
        [!¡]+
        """
    )
)
