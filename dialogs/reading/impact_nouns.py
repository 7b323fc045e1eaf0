"""Whom and what a trouble touches, in Spanish and English: lists as of `wordlists.any_of`, folded."""

from __future__ import annotations

from dialogs.reading.wordlists import any_of

WHO = any_of(
    r"""
    (usuari[oa]s? personas? emplead[oa]s? companer[oa]s? compas? colegas? agentes? clientes? extensi[oa]n(es)?
        internos? anexos? lineas? telefonos? equipos? maquinas? computador(es as?)? pc'?s? puestos? sedes?
        sucursal(es)? oficinas? tiendas? sitios? correos? cuentas? users? people persons? employees? coworkers?
        colleagues? agents? customers? clients? extensions? lines? phones? devices? machines? computers? laptops?
        sites? branch(es)? offices? stores? seats? accounts? mailboxes guys troncal(es)? trunks? asesor(es as?)?
        vendedor(es as?)? tecnic[oa]s? meser[oa]s? cajer[oa]s? medic[oa]s? enfermer[oa]s? profesor(es as?)?
        alumn[oa]s? operador(es as?)? ejecutiv[oa]s? analistas? repartidor(es)? choferes? chofer huespedes gerentes?
        cajas? terminal(es)? impresoras? celulares? tablets? diademas? reps? clerks? cashiers? nurses? drivers?
        technicians? operators? students? teachers? guests? workers? workstations? desks? registers? terminals?
        printers? handsets? headsets? members? callers? departamentos areas departments teams locations?)
    """
)
WHOLE = any_of(
    r"""
    (empresa compania oficina ofi flota escuela colegio universidad agencia sede organizacion operacion planta
        sucursal call_?center contact_?center centro_de_llamadas negocio hotel clinica hospital banco tienda fabrica
        edificio red central company office organi[sz]ation business operation operations site plant building staff
        firm personal gente mundo world network pbx hotel bank school fleet warehouse shop store clinic telephony
        telefonia)
    """
)
PART = any_of(
    r"""
    (piso planta_baja departamento depto area equipo_de grupo_de turno ala seccion floor department dept team area
        shift wing unit group gerencia jornada)
    """
)
NUMBER_WORD = any_of(
    r"""
    (dos tres cuatro cinco seis siete ocho nueve diez once doce quince veinte treinta cuarenta cincuenta cien two
        three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty hundred)
    """
)
BOSS = any_of(
    r"""
    (jefe jefa gerente director directora ceo recepcionista secretaria asistente doctor doctora contador contadora
        boss manager receptionist assistant secretary director supervisor supervisora usuario usuaria companero
        companera empleado empleada cliente persona agente colega user coworker colleague coworker employee customer
        client person agent operador operadora vendedor vendedora tecnico host asesor asesora mesero mesera cajero
        cajera medico medica enfermera profesor profesora alumno ejecutivo ejecutiva analista chofer huesped senor
        senora muchacho muchacha chico chica lady guy nurse driver rep clerk cashier technician teacher student guest
        accountant lawyer abogado abogada vp cfo president presidente owner dueno duena)
    """
)

TRADE = any_of(
    """
    (gerencia contabilidad ventas compras nomina cartera cobranzas? soporte bodega logistica sales finance hr
        accounting billing warehouse)
    """
)
OTHER_TRADE = any_of("(marketing recepcion reception payroll shipping support)")
DEVICE = any_of(
    r"""
    (telefono phone fax impresora printer computador\w* pc laptop interno anexo extension desk machine diadema headset
        tablet celular cel cell caja register softphone)\b(?!_(number numero (is es)_[+(]?\d))
    """
)
SENT = any_of("(llamadas? correos? mensajes? grabaciones audios calls? emails? messages? faxes recordings voicemails?)")
