"""What people say to steer a conversation, folded, in both languages. Sayings are set apart by bars."""

from __future__ import annotations

SAYINGS = {
    "SOLVED": """
        ya funciona | ya funciono | ya volvio | ya quedo | ya se arreglo | ya esta bien | ya sirve | ya hay
        servicio | se soluciono | ya se soluciono | se arreglo solo | tranquilo ya volvio | ya no pasa | ya no
        hace falta | it works now | works now | fixed now | it is fixed | it's fixed | its fixed | it is back |
        it's back | its back | solved | never mind it works
    """,
    "WRONG": """
        no | nop | nope | esta mal | no esta bien | no es asi | asi no | mal | wrong | that is wrong | that's
        wrong | not right | no that is wrong
    """,
    "CANCEL": """
        cancelar | cancela | cancelalo | cancelar caso | cancelar el caso | olvidalo | dejalo asi | ya no |
        salir | cancel | cancel it | cancel that | cancel case | forget it | never mind | nevermind | quit |
        exit | abort
    """,
    "BACK": """
        atras | volver | vuelve | regresar | volver atras | ir atras | anterior | pregunta anterior | la
        anterior | back | go back | previous | previous question
    """,
    "CHANGE": """
        cambiar | cambiar algo | cambiar respuesta | cambiar una respuesta | corregir | corregir algo | editar |
        modificar | change | change something | change an answer | edit | correct | fix something
    """,
    "SKIP": """
        saltar | saltear | omitir | pasar | siguiente | saltar pregunta | prefiero no decirlo | prefiero no | no
        aplica | n/a | skip | skip it | skip this | next | idk | pass | rather not say | not applicable
    """,
    "WHY": """
        como asi | a que se refiere | a que te refieres | que significa | what do you mean | what does that mean
        | por que | porque | por que pregunta | por que lo pregunta | por que preguntas | para que | para que
        sirve | por que lo necesita | para que lo necesita | why | why do you ask | why do you need it | what
        for | why do you need that
    """,
    "HELP": """
        ayuda | ayudame | ayudeme | necesito ayuda | menu | opciones | que puede hacer | que puedes hacer | que
        hace | como funciona | comandos | instrucciones | help | help me | i need help | options | what can you
        do | how does this work | commands
    """,
    "REPEAT": """
        repetir | repite | repita | repitelo | repita la pregunta | repite la pregunta | otra vez | de nuevo |
        como | que | no entendi | no entiendo | no entiendo la pregunta | no entendi la pregunta | repeat |
        repeat that | repeat the question | again | say again | come again | pardon | what | i do not understand
        | i don't understand | i don t understand
    """,
    "RESTART": """
        empezar de nuevo | comenzar de nuevo | desde cero | empezar de cero | reiniciar | volver a empezar |
        borrar todo | start over | start again | restart | from scratch | begin again
    """,
    "RESUME": """
        mejor si | si mejor | sigamos | continuemos | mejor si sigamos | retomar | continuar | seguir | deshacer
        | recuperar | resume | continue | undo | go on
    """,
    "PERSON": """
        persona | agente | humano | asesor | operador | hablar con una persona | hablar con alguien | hablar con
        un agente | hablar con un asesor | hablar con un humano | con una persona | un humano | una persona |
        que me llamen | llamenme | alguien que me ayude | person | agent | human | operator | talk to a person |
        talk to someone | talk to somebody | talk to an agent | talk to a human | speak to a person | speak to
        someone | speak to an agent | speak with an agent | real person | a person | a human | call me
    """,
    "ESCALATE": """
        escalalo | escalenlo | quejarme | poner una queja | poner un reclamo | hacer un reclamo | escalate it | escalate
        this | file a complaint | complain | make a complaint
    """,
    "SUPERVISOR": """
        supervisor | supervisora | un supervisor | una supervisora | con un supervisor | con el supervisor | con su
        supervisor | a un supervisor | gerente | un gerente | el gerente | al gerente | con el gerente | con un
        gerente | con gerencia | con su jefe | al jefe | manager | a manager | the manager | your manager | a
        supervisor | your supervisor | the supervisor
    """,
    "LEVELS": """
        lista de escalacion | lista de escalamiento | lista de escalaciones | niveles de escalacion | niveles de
        escalamiento | matriz de escalacion | matriz de escalamiento | escalation list | escalation levels | escalation
        matrix
    """,
    "SPANISH": """
        mejor en espanol | puede ser en espanol | hablemos en espanol | can we do this in spanish | espanol | en
        espanol | castellano | spanish | in spanish | hablar en espanol | hable espanol | habla espanol
    """,
    "ENGLISH": """
        can we do this in english | can we speak english | mejor en ingles | english | in english | ingles | en
        ingles | speak english | do you speak english | switch to english
    """,
    "SEND": """
        va | sale | dele | hagale | simon | okis | k | fine | lgtm | bien | claro | asi es | eso | eso es | todo
        correcto | todo esta bien | esta perfecto | quedo bien | great | good | perfect | enviar | envialo |
        enviarlo | envie | envielo | enviar caso | enviar el caso | mandar | mandalo | mandelo | confirmar |
        confirmo | si | sip | sii | ok | okay | dale | listo | correcto | de acuerdo | esta bien | todo bien |
        perfecto | adelante | asi esta bien | si enviar | si envielo | si todo bien | send | send it | submit |
        yes | yep | yeah | sure | go ahead | looks good | all good | confirm | that is right | that's right |
        yes send it
    """,
    "FORM": """
        formulario | llenar formulario | llenar como formulario | abrir formulario | form | open form |
        fill in the form | fill in as a form | open the form
    """,
    "NEW": """
        tengo otro problema | otra cosa | otra falla | i have another issue | i have another problem | another
        issue | nuevo | nuevo caso | caso nuevo | abrir caso | abrir un caso | crear caso | crear un caso |
        reportar | reportar un problema | tengo un problema | otro caso | otro problema | tengo una falla |
        tengo un inconveniente | new | new case | open case | open a case | create case | create a case | report
        | report a problem | i have a problem | i have an issue | another case | another problem | new ticket |
        nuevo ticket
    """,
    "MY_CASES": """
        mis casos | ver mis casos | casos abiertos | casos | mis tickets | my cases | my tickets | open cases |
        cases | list my cases | show my cases
    """,
    "GREETING": """
        hola | ola | holaa | holi | buenas | buen dia | buenos dias | buenas tardes | buenas noches | saludos |
        que tal | hola buenas | hola buen dia | hola buenos dias | hola buenas tardes | hola buenas noches |
        hola que tal | como esta | hola como esta | hola como estan | muy buenas | alo | hey | hi | hello |
        hello there | hi there | good morning | good afternoon | good evening | hey there | hi team | hola
        equipo | hello team | how are you
    """,
    "PROFILE": """
        perfil | mi perfil | su perfil | ver perfil | ver mi perfil | mis datos | cambiar mis datos | cambiar mi
        perfil | cambiar perfil | profile | my profile | show my profile | my details | change my profile |
        change profile
    """,
    "THANKS": """
        gracias | muchas gracias | mil gracias | graciass | grax | gracias totales | ok gracias | listo gracias
        | muy amable | muy amables | thanks | thank you | thx | ty | many thanks | thanks a lot | thank you very
        much | ok thanks
    """,
}
"""The sayings of each `Word`, by its name."""
