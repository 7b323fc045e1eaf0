"""The words of closing messages by what they say, in Spanish and English: lists as of `wordlists.any_of`.

Each word or idiom has a kind, one letter. Kinds are tried in this order, so idioms come first: "no problem" is no
problem.
"""

from __future__ import annotations

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
#   L a thing or a person that a service serves  Q a part only
#   J came, called, did something
#   U open the case again, it is not so          K what was not tried
#   B greets                                     o any other word
KINDS = {
    "K": r"""
        falta(n)?_(por_ (\w+_){0,2}?que_(\w+_){0,3}?)?(prob prueb valid verific revis confirm)\w+
        (no aun_no todavia_no)_(lo_ la_)?(prueb\w+ he_probado reviso) (can'?t cannot couldn't no_(puedo pude))_(test
            verify check try probar validar revisar) (no not never n'?t sin tampoco aun todavia have havent haven't
            hasnt didnt)_(\w+_){0,4}?(prob(ado ar amos e) valid(ado ar) verific(ado ar) verify verified test(ed ear
            eado)? tried try tiempo_de time_to revis(ado ar) check(ed)? look(ed)?)\b
    """,
    "X": r"""
        (regreso vuelvo regresare volvere back)_(on_ el_ en_)?(\d+ lunes martes miercoles jueves viernes sabado
            domingo monday tuesday wednesday thursday friday manana tomorrow) wrong_(chat ticket case thread person
            number window channel group) (mensaje numero grupo chat)_equivocad\w+ equivocad[oa]_de_\w+ (desastre mess
            disaster verguenza joke asco)_(\w+_){0,2}?(empresa compania company servicio atencion soporte) hang_on
        hold_on (sent enviado)_(from desde)_(my mi)_\w+ (gracias thanks thank_you thx)_(por for x)_(nada nothing)
        (mal[ao]? pesim[oa] lent[oa] horrible terrible bad slow poor awful)_(la_ el_ su_)?(servicio atencion soporte
            service support response) (servicio atencion service support)_(muy_ tan_ is_ was_ very_)*(mal[ao]?
            pesim[oa] lent[oa] bad slow terrible) no_(se\b(?!_\w) lo_se entiendo entendi comprendo soy es_para
            quiero_(?!que) me_queda_claro) i?_?(do_not don'?t)_(know understand) sin_costo not_sure quien_sabe
        who_knows (no_puedo can'?t cannot)_(talk hablar atender contestar answer complain believe creer) como_no
        why_not por_que_no\b(?=_(me lo nos)_(llam escrib avis)) (calls? call)_me
    """,
    "M": r"""
        can'?t cannot couldn'?t won'?t wont unable_to no_logr\w+ no_(puedo pude podemos pudimos puede pueden pudo)
    """,
    "B": r"""
        good_(morning afternoon evening) (happy feliz merry)_(new_year ano_nuevo navidad christmas birthday cumple\w*)
        buen[oa]s_(dias tardes noches) (hola buenas hello hi hey)_(de_nuevo otra_vez nuevamente again)(?=_*$)
            (?<!gan_)(?<!gas_)(?<!un_)buen_dia(?=$ _(equipo a))
    """,
    "T": r"""
        no_(hace_ hizo_ hara_)?falt(a an aba o aron)\b(_(nada nadie mas))* feel_free (el al con_el su)_cierre archiv(e
            en ar ado ada ed ing) nada_que_(objetar decir agregar reclamar)
        tal_cual_(lo_)?(ped queri)\w+ saved?_(my our the me us) clean crisp flawless\w* spotless seamless\w* stellar
        top_notch first_class spot_on on_point beautiful(ly)? delighted thrilled glad grateful thankful rock_?stars?
        champions? gem aces? hooray hurray yay+ woo+_?hoo+ phew at_last bingo crushed_it bravo espectacular(es)?
        formidable magnific[oa]s? sensacional soberbi[oa] maravilla\w* primor belleza hermos[oa] precios[oa]
        chid[oa]s? padre copad[oa]s? mola(n)? flipante tigres? campeon(es)? gigantes? reyes? se_la_rifaron rifad[oa]s?
        se_rifaron lucieron pasaste aplaus\w+ orgull\w+ descanso satisfech[oa]s? satisfaccion dichos[oa] gloria
        triunfo hurra viva ole eureka aleluya impeque perlas a_full a_toda al_aire feliz back_in_(business action)
        smooth_sailing (todo_)?en_su_sitio buena_esa (tremend[oa] gran increible espectacular)_\w+ pedir_de_boca cielo
        angel(es)? idol[oa]s? fieras? heroes? heroe hero salvador(es)? alivio relief relieved felicit\w+ congrat\w*
        aplausos? recomend\w+ kudos props wizards? magic miracle champs? stars? titanes genios? maestros? magos?
        dur[oa]s bestias profesional(es)? professional eficaz veloc(es)? blessed encantad[oa]s? content[oa]s? pleased
        chapeau va_(como_un de_lujo de_maravilla fino)\w* todo_un_exito de_diez a_todo_dar finisimo calidad respiro
        me_quito_el (no don'?t dont)_(hay_)?(problem problema worries worry need te_preocupes se_preocupen? (hace
            hizo)_falta es_necesari[oa] gracias thanks thank_(you u) complaints? further_questions)\b (no_)?(tengo
            queda quedan me_queda have)_(ningun\w*_ mas_ any_ more_)*(dudas? questions?) no_(tengo me_quedan? hay
            more)_(ningun\w*_ mas_ otr\w+_)*(dudas? preguntas? questions? consultas?) ya_no_necesit\w+
        no_necesit\w+_(nada mas) (do_not don'?t)_need_(any more help)\w* de_nada nada_mas nothing_(else more) eso_(es
            seria era)_(todo eso)? that'?s_(all it) that_(will would)_be_all era_eso todo_de_mi_parte (thanks
            thank_you thx ty gracias)_(again de_nuevo otra_vez nuevamente) no_(further_action quedan?_pendientes?
            pending)\b\w* visto_bueno sombrero eficien\w+ all_sorted sorted ta(?=_*$) (ya_)?volvio_todo todo_volvio
        (sigo seguimos quedo quedamos estamos estoy)_(atent pendient en_contacto)\w* legend star conforme
        (?<!no_)(cierr(elo enlo alo) close_(it this the)\b) (may can)_close (les te)_debo_una owe_you (much_)?obliged
        guay brutal solid (?<![\w_])ya_esta(?=_*$) ta_bien mejor_imposible (que_)?(muy_)?(buen gran good great nice
            excellent)_(servicio atencion trabajo gestion service support team equipo) si_senora? yes_(sir maam) 10/10
        good_stuff salvad\w* salvaron lifesavers? util(es)? helpful puntual\w* todo_(bien ok perfecto en_orden)
        cerrad[oa]_por kindly exitos abrazo done all_tested todo_probado nothing_to_report hats_off mis_respetos
        took_care_of_it nailed_it consider_(this it)_(\w+_)?closed dar(se lo)?_(el_caso_)?por_cerrado that'?ll_do
        falsa_alarma false_alarm never_?mind nvm (pueden? puedes podemos podrian? se_puede por_favor favor please can
            ok_to okay_to free_to ahead_and proced\w+_a)_(you_ we_ ya_ now_ proceder_a_)*(close cerrar\w* cierren?
            cerremos finalizar)\b (gracias gracia grax graci thanks thank_(you u) thx thnx tks ty agradezco
            agradecemos agradecid[oa]s? appreciate appreciated)_(\w+_){0,3}?(por for x)_(\w+_?){1,9} (mil muchas
            muchisimas many infinitas)?_?(gracias? grax grac thanks thank thx thnx thanx tnx tks tysm tyvm ty tyty
            merci obrigad[oa] cheers)\b agradec\w+ agradezco se_agradece appreciat\w+ bendicion\w* dios_(te los?
            les?)_\w+ much_appreciated good_(job work) well_done great_(job work) (el la los las the)_(mejor mejores
            best) you_(guys_)?(rock rule are_(the_)?(best great awesome amazing)) nice_one life_?saver excelent\w*
        genial super buenisim[oa] brav[oi]ss?imo maravill\w* fantastic[oa]? estupend[oa] barbar[oa] bacan[oa]?
        chever[e] joya impecable cracks? capos? lujo great awesome excellent brilliant lovely cool sweet amazing
        wonderful impressive superb fenomenal de_una bakan[oa]? padrisimo que_rapid\w+ muy_amables? amables? (5 five
            cinco)_(stars estrellas) entendid[oa] enterad[oa]s? recibid[oa](?=$ _?(T $)) anotado noted understood
        got_it sounds_good roger okis? okey okay ok oki+ kk okk+ k vale dale
        (?<!como_)(?<!que_)(?<!no_)(?<!no_me_)(?<!no_nos_)va(?=_*$ _gracias) sale(?=_?$ _gracias _thumbsup) orale
        de_acuerdo claro listos? listo copiado sip(?!_\w) sipi yep yup yeah (buen bueno feliz lindo linda excelente
            good great nice happy)_(dia tarde noche fin finde semana day weekend one)\w* saludos quedamos_atentos
        quedo_atent[oa] a_la_orden igualmente you_were_right tenia\w*_razon mi_culpa my_(bad mistake) figured_it_out
        nice fast quick thumbsup
    """,
    "U": r"""
        (works? working funciona\w* sirve entra\w* suena\w* conecta\w*)_(\w+_){0,2}?(until till unless only_if except
            hasta_que solo_si menos) por_(\d+ diez cinco quince unos? pocos)_(\w+_)?(minut\w+ segund\w+ horas? ratos?)
        (worked was_\w+ lasted held)_(\w+_){0,3}?for_(a an \d+ about like maybe) (lamento lamentamos sorry
            regret)_(to_)?(informar decir(le)? comunicar inform report say) qued[oa]\w*_(con_)?(\w+_)?(eco ruido falla
            problema error interferencia retraso lag intermitencia delay) (volv vuelv)\w+_a_ir(se)? not_(really yet
            today quite exactly) (no_es that's_not it's_not isn't is_not)_(el la the lo)_(problem issue falla problema
            que one)\w* (fine good bien ok perfect perfecto great)_(\w+_)?(until till hasta) (bien fine
            ok)_por_un_(rato momento) reabr\w+ reopen\w* re-?open no_(lo_ la_ me_ se_)*(cierren? cerrar cierres
            cerrarlo)\b (do_not don'?t not)_(\w+_)?(close closed?)\b no_(lo_ se_ me_)*(den? dar des doy demos damos
            podemos_dar puedo_dar)_(el_caso_ el_ticket_ la_ el_)?(\w+_)?por_(cerrad solucionad resuelt terminad)\w+
        cerrad[oa]_(antes sin mal) nothing_(was_ has_been_ got_ is_)(done changed fixed) closed_(too prematurely early
            without) no_es_(cierto verdad) not_true
    """,
    "Z": r"""
         no_use in_vain en_vano no_es_asi falso nop nope nopes negativo negative nel thumbsdown no_luck not_(for on
             in)_(my me our the us him her) (never nunca)_(came_back volvio regreso) no_such_luck unfortunately
         lamentablemente desafortunadamente
    """,
    "R": r"""
        volv\w+ vuelv\w+ vuelt[oa] regres\w+ reaparec\w+ reapareci\w* (came come comes coming is are was its
            it's)_back again otra_vez otra_ves de_nuevo nuevamente returned recurr\w+ resurfac\w+ reappear\w*
        reincid\w+ otr[oa]_(caida corte apagon intermitencia) otra_falla(?=_*$ _mas) another_(outage drop cut)
        (ya_)?(es_ va_ van_ vamos_ llevamos_)?(la_ the_)?(segunda tercera cuarta second third fourth 2nd 3rd 4th
            \d+[ae]?)_(vez time ocasion) (here_we_go aqui_vamos alla_vamos y_dale) (segunda tercera 2nd second third
            3rd 2da 3ra)_(vez time)
    """,
    "S": r"""
        (as como segun)_(lo_)?(expected planned it_should deb(e ia) espera\w* previsto pide\w* dice) what_it_should
        doy_por_buen[oa] dar(lo)?_por_buen[oa] \w+_went_through passed pasaron_las_pruebas (como_un[oa]?
            like_a?)_(tiro reloj seda canon clockwork butter champ charm dream) rapid[oa]s? rapidisim\w+ fast
        smooth(ly)? fluid\w+ satisfactori\w+ funca(n ndo)? corrig\w+ functioning as_registered corrected patched
        repaired configured perfect[oa]? perfectamente perfectly resuelt[oa]s? resolv\w+ resolvi\w* solucion(ado ada
            ados o aron amos) soluciono solved resolved resuelv\w+ fix(ed ing)? arregl\w+ repar(ado o aron)
        restablec\w+ restaur\w+ restored recuper\w+ corregid[oa] corrigio qued(o aron ado amos)(?!_(\w+_)?(sin fuera
            afuera pendientes? medias corto incomplet\w+)) normal(idad izado izo mente)? operativ[oa]s? operando
        operational bien fine good mejor better all_set gone disappear\w* desaparec\w+ went_away happy felices
        good_to_go back_to_normal levanto tranquilo melo fino pelo up_and_running (back_)?(up online) en_linea(?=$ _(T
            gracias ya)) arriba todo_(ok en_orden) all_good al_(dia(?!_de) 100(?!%)) en_orden did_it exitos[oa]s?
        success(ful fully) nitid\w+ clear clarit[oa]s? claras? verdes? green d(id o oes)_the_trick that_worked worked
        like_a_charm estable stable (ahora hoy ya pero a_mi)_si works?_now por_fin al_fin finally correct[oa]
        correctamente confirm(ado ed) confirm(o amos)_(que recep sol el la)\w* (i we they users
            customers clients agents people)_(can_)?confirm confirms confirman_(que el la los las) igual_de_(bien buen
            fluid perfect rapid estable)\w*
    """,
    "P": r"""
        (la las una esa esta the)_(falla fallas) failures? problemas? errores error errors inconvenientes? incidentes?
        issues? problems? trouble outages? ecos? echo ruidos? noise cortes? caidas? fallas fallos novedad novedades
        mensaje_de_error retrasos? lags? interferencia sintomas? symptoms? static demora latencia delay lag jitter
        packet_loss perdida_de_(paquetes senal conexion datos) distorsion interferencias quejas? complaints? reclamos?
        hiccups? glitch\w* bugs?
    """,
    "F": r"""
        (?<!sin_)(?<!les_)falta(n)?\b(?!_(de que nada nadie poco tiempo)\b)(?!_(por_)?\w+[aei]r(l[oa]s? se
            nos)?\b)(?!_(\w+_){0,2}?(factur
            pago firma contrato cotiza encuesta cierre inform report document comunicacion atencion personal)\w*)
            borros[oa]s? still_waiting (sigo seguimos aun todavia)_(esper\w+ a_la_espera) (says shows dice
            muestra)_(register connect
            search busc conect registr)\w+ froze fell quits? gave_(out up) went_(down dead out silent dark off) stuck
        tono_(rapido ocupado de_error) asking prompting abajo act(s ed ing)_up cant(o e amos aron)_victoria (poc[oa]
            duro poquito)_(\w+_){0,2}?(alegria dicha gusto felicidad) chiste burla pesadilla nightmare groundhog
        deja_vu calvario desesper\w+ frustr\w+ hart[oa]s? cansad[oa]s? fed_up (sick tired)_of useless pointless
        de_mal_en_peor nanay nones retroce\w+ worthless hopeless fall(a an o aron ando aba ar ado e en) fail(s ed ing
            ure)? ca(er erse e en yo yeron yendo yendose ido ida idos idas) cort(ar arse a an o aron ando andose ado)
        congel\w+ trab(a an o ado) cuelg\w+ colg\w+ desconect\w+ bloque\w+ interrump\w+ entrecort\w+ rebot\w+ pierd\w+
        murio muert[oa]s? dead died dies drop(s ped ping)? crash\w* freez\w+ frozen disconnect\w* brok\w+ break(s
            ing)? lost losing down offline lent[oa]s? lentisim[oa] slow\w* noisy intermit\w+ peor empeor\w+ worse mal
        sometimes a_veces a_ratos por_momentos on_and_off impossible imposible negr[oa] black timeout timed_out
        rechaz\w+ refused denied incomunicad\w+ entrecorta robot\w* garbled choppy stuck bota(n ndo)? saca(n ndo)?
        echa(n ndo)? tumb(a an o aron) kick(s ed ing)? boot(s ed)?_(me us) blanc[oa] acting_up spins? spinning hangs?
        hung busy ocupad[oa] one[_-]way (straight directo)_(to al?)_(voicemail buzon) cuts?_(out off) no_(dice joy go
            hay_caso) va_y_viene comes?_and_goes? in_and_out directo_al? directamente_al? errad[oa]s? se_va mud[oa]s?
        acts?_up locked tirad[oa]s colgad[oa]s? pensando spoke_too_soon foja_cero como_al_principio
        (right_)?(back_)?where_we_started se_(me_ nos_)?fue(?=_(la el)_(linea internet senal luz servicio red conexion
            llamada tono audio)) muere mueren muriendo dying duplicad\w* repetid[oa]s equivocad[oa]s? incorrect\w*
        errone\w+ invalid\w* wrong incomplet[oa]s? incomplete defectuos\w+ dana(do da dos das) averiad\w+ malogr\w+
        descompu\w+ apagad[oa]s? silencio silence silent mute[ds]? distorsionad\w+ distorted metalic[oa]s? saturad\w+
        chafa fatal pesim[oa]s? desastre disaster inestable unstable flaky spotty patchy hit_(or and)_miss sluggish
        fluct\w+ flapping underwater debajo_del_agua (como_ like_a? like_)(robot loc lata)\w* bajit[oa]s? lejos
        muffled faint tarda(n ba)? demora(n ndo)? pide(n)? asks? prompts? exige(n)? delayed (arriv\w+ comes?
            came)_late atrasad\w+ expuls\w+ deneg\w+ inaccesible\w* inalcanzable\w* unreachable unavailable
        unresponsive unregistered deregister\w* desregistr\w+ aislad[oa]s? caducad\w+ vencid\w+ expirad\w+ expired?
        perd(i imos io ieron iendo er ida idas emos en) missing empty vaci[oa]s? blank a_oscuras fuera_de_(servicio
            linea cobertura alcance juego) out_of_(service order) (dead no)_air rebooting reboots resets resetea\w*
        kill(s ed ing) breaking_up bounc\w+ reject\w* complain\w* quej(a an ando aron amos) (?<!ya_)no_existen?
        no_(me_)?(cuadra convence) horribl[ey] hech[oa]_(un_)?(desastre asco lio caos) (se_ queda_ quedo_
            quedaron_)(clavad parad trabad tild)\w* tildad\w+ pegad[oa]s? atascad\w+ detenid[oa]s? parad[oa]s?
        suspendid\w+ inactiv[oa]s? inactive desactiv\w+ disabled deactivated unplugged desconfigurad\w+ misconfigured
        misrouted garbage basura fals[oa]s? bajo_nivel (a an un error codigo code sip)_[3-6]\d\d[a-z]?
        poc[oa]_(la_)?(alegria dicha gusto) flor_de_un_dia antes_de_tiempo too_soon short[- _]lived ocurr(e io iendo
            ido en) suced(e io iendo ido en) (le les nos me)_(esta_)?pasa(ndo)?\b (nos me)_paso pas(a o ando)_(otra
            de_nuevo nuevamente lo) pasando happen(s ed ing)? occur(s red ring)? (ha have has)_pasado olvid\w+
        forgot(ten)? borr(a an o aron ado ados adas) deleted wiped repit\w+ repeat\w* dur(o aron) lasted (hay tengo
            tenemos toca tuve tuvimos have had)_(que to)_(marcar reinici\w+ intentar volver restart reboot redial
            retry try unplug desconectar apagar prender) (cada every)_(\d+ rato dos tres cinco diez media few couple
            two five ten) a_cada_rato all_the_time todo_el_rato \d+_(veces times) (varias muchas several many)_(veces
            times) zumb\w+ buzz\w* hum(s ming)? latoso lata unusable inservible raro weird hissing crackl\w+
        timing_out reinicia restarting loop
    """,
    "C": r"""
        sig(ue uen o uiendo e) seguimos segui(a mos)? continu\w+ persist\w+ todavia aun still keeps keep(?=_\w+ing)
        remains? prosig\w+ yet sigueeee
    """,
    "E": r"""
        igual iguales tal_cual (como lo)_(de_)?antes as_before square_one (en a)_las_mismas mism[oa]s? same
        identic[oa] idem sin_cambios? no_change unchanged
    """,
    "D": r"""
        cambi(o os a ado) chang(e es ed) improv\w+ mejora\w* difference diferencia avance progress resultado result
        solucion help(ed)? ayudo convenc\w+ efecto effect exito success
    """,
    "W": r"""
        funci?on(a an o aba aban ando ar e en aron ado) sirv(e en io ieron a iendo) serv(ia ian ir ido) and(a an uvo
            ando aba ar) jal(a an o ando ar aron) march(a an ando) camin(a ando) entr(a an ar o aron ando e aban?)
        conect(a an o ar arme arnos amos) carg(a an o ar) abr(e en ir io) suen(a an) contesta(n ndo)? timbr(a an ar o
            aron ando aba e en) (go(es)? went going)_through respond(e en io iendo er) pued(o e en) pod(emos er ia
            iamos ido) pud(e o imos ieron) logr(o a e amos ado ar) dej(a an)(?!_de) lleg(a an o aron ando ar)
        registr(a an o ar aron ado ados ada adas) register(ed s ing) prend(e en io) encend\w+ enciend\w+ loguea\w*
        marc(ar o) recib(o i e en imos ir ido) ingres(o a e ar an amos) acced(er o emos) imprim\w+ llam(ar o an ando)
        work(s ing in)? log_?in logging load(s ing ed)? ring(s ing)? connect(s ed ing)? open(s ing ed)? receiv\w+ able
        can could print(s ing)? arriv\w+ coming responding dial get_in lets?_(me us)_(in log through) stick hold(s
            ing)? letting_(me us) agarra\w* coge levanta\w* sincroniza\w* boot arranc\w+ salen?(?=_*$
            _(las_)?llamadas) start(s ed)? turn(s)?_on sync\w* pasa(n)? load fixes answers?
    """,
    "V": r"""
        escuch(a an o amos ar e) oy(e en o) oigo oimos ve(o n mos)? hear see seeing present(a an ado o)?
    """,
    "G": r"""
        servicio internet senal tonos? lineas? llamadas? correos? red conexion acceso audio voz sonido sistema
        telefonos? service signal tone calls? e?-?mails? access sound connection dial_tone wifi datos luz lines?
        phones? vpn
    """,
    "H": r"""
        hay tengo tenemos tiene tienen con da dan sal(e en ir io ieron iendo) aparec\w+ marca dice have has get gets
        getting got with there('?s _is _are) says shows mucho
    """,
    "N": r"""
        (dej[oa] dejaron dejan)_de stop(s ped ping)? no ni sin nunca jamas tampoco ningun\w* not never without
        doesn'?t doesnt don'?t dont didn'?t didnt isn'?t isnt aren'?t arent wasn'?t wasnt (would should could must
            need ai)n'?t hasn'?t hasnt haven'?t havent neither nor none nobody noone nadie zero cero nada
        nothing('?s)? nobody'?s
    """,
    "Y": r"""
        (ya ahora hoy aqui ahi alla asi)_mism[oa] (right just)_now de_la_nada out_of_nowhere ya ahora ahorita hoy now
        today actualmente anymore any_more longer
    """,
    "Q": r"""
        \d+_(\w+_){0,3}?(out_of de)_(\d+ cada) (solo(?=_\w) solamente unicamente nomas)(?!_(era fue hubo queria quiero
            para por un una es con faltaba con avis confirm dej decir digo reinici que_para)\w*) (only
            just)(?!_(wanted to a an had took needed the_cable was got saw checked happened now fyi checking confirm
            letting the_one)\b) (half part some)_(of_)? la_mitad (a_)?medias parcial(mente)? partial(ly)? algun[oa]s
        unos_cuantos (every each)_time cada_vez un[oa]s?_si_(y_)?otr[oa]s?_no
    """,
    "J": r"""
        vin(o ieron) hizo hicieron came show(ed)?_up showed called llamaron llamo revis(o aron) atendi(o eron) did
        done hech[oa]s? quit(o aron a an) se_fue desaparec(io e)
    """,
    "L": r"""
        app aplicacion pantallas? paginas? portal plataforma central centralita conmutador planta troncal(es)?
        extension(es)? internos? anexos? ivr menu colas? buzon grabacion(es)? fax router modem antena aparatos?
        celular(es)? softphones? diademas? auricular(es)? microfonos? numeros? codigos? sms contrasenas? claves?
        usuari[oa]s? clientes? sucursal(es)? sedes? pisos? tiendas? puertos? enlaces? fibra cables? ping velocidad
        megas mbps video imagen pbx dids caller_id identificador transferencias? desvios? conferencias? servidor(es)?
        switch ip vlan dns internos opcion screens? pages? trunks? extensions? ext queues? voicemails? mailbox(es)?
        recordings? handsets? headsets? mic numbers? codes? texts? passwords? users? customers? clients? callers?
        branch(es)? sites? stores? ports? links? fiber speed image transfers? forwarding conference servers? quality
        bandwidth inbound outbound entrantes salientes music latency devices? dispositivos? computadora\w* compu pcs?
        laptops?
    """,
    "A": r"""
        la_otra_vez la_vez_pasada last_time aquella_vez antes ayer anoche pense crei era estaba\w* before used_to
        solia\w* yesterday was were thought earlier hasta till until
    """,
}
