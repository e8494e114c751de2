"""Words of names in Spanish and English that need a table: markers, particles, short forms.

The tables hold what is general in the region (and in the United States' press, which writes of
the same people); nothing in them comes from a file that we measure ourselves on.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

MISSING_WORDS: Final = frozenset(  # a name made of nothing but these is no name
    (
        "nn n x xx xxx xxxx no sin por identificado identificada identificados identificar "
        "identidad identificacion ident nombre nombres apellido apellidos desconocido desconocida "
        "desconocidos ignorado ignorada ignora se consta reporta reportado registra registrado "
        "determinado determinar establecer establecida dato datos disponible reservado reservada "
        "unknown unidentified undisclosed unreleased unnamed name names withheld released yet not "
        "by police family the man woman male female boy girl infant child hombre mujer "
        "masculino masculina femenino femenina persona personas individuo sujeto cadaver cuerpo "
        "occiso occisa fallecido fallecida victima victim del de la el sexo mayor menor edad "
        "adulto adulta feto recien nacido nacida bebe nd sd sn na null none tk tbd pending "
        "pendiente anonimo anonima anonymous and or y o"
    ).split()
)
MISSING_NAMES: Final = frozenset({"john doe", "jane doe", "juan perez nn", "fulano de tal"})

PARTICLES: Final = frozenset(
    "de del la las los lo y e i da das do dos di du van von der den ter le al el".split()
)
JOINED_AHEAD: Final = frozenset({"san", "santa", "santo", "sta", "sto", "st", "mac", "mc", "o"})
SUFFIXES: Final = frozenset("jr junior sr senior ii iii iv esq hijo".split())
TITLES: Final = frozenset(
    "sra srta don dona dr dra lic ing prof mr mrs ms sgt cpl agente soldado alias".split()
)
WIDOW: Final = frozenset({"vda", "viuda", "vd", "viudo"})
WITH_DE: Final = frozenset(  # a surname, not a husband
    {
        ("ponce", "leon"),
        ("montes", "oca"),
        ("diaz", "leon"),
        ("garcia", "leon"),
        ("fernandez", "cordoba"),
        ("lopez", "mesa"),
        ("cabeza", "vaca"),
        ("diez", "bonilla"),
        ("perez", "cuellar"),
    }
)
GLUED_PARTICLES: Final[Mapping[str, str]] = MappingProxyType(
    {
        f"{head}{tail}": tail
        for head, tails in {
            "dela": "cruz rosa torre fuente hoz pena vega garza barrera paz parra espriella",
            "delos": "santos reyes rios angeles",
            "del": "angel castillo valle cid toro rio",
            "de": "leon jesus",
        }.items()
        for tail in tails.split()
    }
)


def _table(lines: str) -> Mapping[str, str]:
    """Turn lines of `name: short forms and spellings` into spelling -> name."""
    pairs: dict[str, str] = {}
    for line in lines.strip().splitlines():
        name, forms = line.split(":")
        pairs |= dict.fromkeys(forms.split(), name.strip())
    return MappingProxyType(pairs)


SHORT_FORMS: Final = _table(
    """
    francisco: paco pancho kiko curro paquito franco fco fsco fran
    jose: pepe chepe pepito joseph chepito jhose josse
    ignacio: nacho
    guadalupe: lupe lupita
    antonio: tono toni tony anthony toñito antony
    guillermo: memo guillo guille
    enrique: quique kike henry enrrique
    jesus: chuy chucho chus
    eduardo: lalo edward edu ed eddie eddy
    fernando: nando fercho
    luis: lucho luisito lewis
    juan: juancho juanito john jhon jon johnny johnnie jhonny jonny yon jack
    ramon: moncho raymond
    alberto: beto albert
    roberto: robert bob bobby rob robbie tito
    manuel: manolo meme manny
    mario: mayito
    santiago: chago santi
    sebastian: chano sebas
    gregorio: goyo gregory greg
    alejandro: alex alexander alejo aleks jano alec
    alfonso: poncho alfonzo
    gabriel: gabo gaby gabe
    rafael: rafa raphael fallo
    rodrigo: rorro
    pedro: perucho peter pete
    pablo: paul
    miguel: michael mike mikey maicol maikol maykol michel migue mick
    jorge: george yorch
    jaime: james jim jimmy jimmie
    carlos: charles charlie chuck carlitos
    daniel: dani danny dan
    david: dave deivid deibid
    andres: andrew andy drew andru
    mateo: matthew matt matias
    marcos: marco mark marc marcus
    nicolas: nicholas nick nico
    cristian: christian cristhian kristian chris
    cristobal: christopher cristofer kristofer christofer
    esteban: steven stephen steve estiven stiven stevan
    javier: xavier havier
    jonathan: jhonatan yonatan jonatan jhonathan jonathon johnathan yonathan jon
    brayan: brian bryan brallan braian
    jeison: jason yeison jeyson yeizon jayson
    kevin: kebin keven quevin
    wilmer: wilmar guilmer
    william: bill billy will willie willy wilian wiliam liam
    ricardo: richard rick ricky rich dick richie
    tomas: thomas tom tommy
    timoteo: timothy tim timmy
    teodoro: theodore ted teddy theo
    samuel: sam sammy
    benjamin: ben benny benji
    joaquin: quino
    leonardo: leo leonard lenny
    arturo: arthur art arturito
    lorenzo: lawrence larry laurence
    gerardo: jerry gerald
    geronimo: jeronimo jerome
    jeremias: jeremy jeremiah
    zacarias: zachary zach zack
    josue: joshua josh
    nataniel: nathaniel nathan nate
    vicente: vincent vince chente
    walter: gualter walt
    maria: ma mary mari marie
    isabel: chabela elizabeth isabela beth liz betty
    rosario: chayo charo
    dolores: lola
    consuelo: chelo
    mercedes: meche
    teresa: tere theresa
    francisca: paca pancha
    josefa: pepa chepa
    margarita: margaret maggie peggy
    catalina: katherine catherine kathy cathy kate katie
    patricia: paty pat patty
    susana: susan sue
    jennifer: yenifer jenny jenifer yennifer
    jessica: yesica jesica jess
    rebeca: rebecca becky
    debora: deborah debbie
    gertrudis: tula
    graciela: chela
    concepcion: concha conchita
    hipolito: polo
    leopoldo: leo
    ezequiel: cheque
    abraham: abe
    """
)

GIVEN_NAMES: Final = frozenset(
    (
        "juan jose luis carlos jorge manuel francisco miguel angel pedro antonio rafael ramon "
        "fernando ricardo roberto eduardo alejandro daniel david mario sergio javier oscar raul "
        "ruben hector alberto alfredo arturo enrique ernesto felipe felix gerardo guillermo "
        "gustavo hugo ignacio ivan jaime jesus joaquin julio leonardo marco marcos martin mauricio "
        "nelson nicolas omar orlando pablo rene rigoberto rodolfo rodrigo rogelio salvador samuel "
        "santiago santos saul sebastian tomas victor vicente wilfredo william wilson wilmer edwin "
        "elmer elias emilio efrain edgar esteban fabian fredy freddy german gilberto hernan "
        "humberto isaac ismael israel andres adrian agustin alonso alvaro armando arnulfo benjamin "
        "bernardo camilo cesar cristian cristobal damian diego domingo kevin brayan jonathan "
        "yeison jhon alexander alexis anderson duvan jefferson johan stiven walter maria ana rosa "
        "carmen guadalupe juana luz marta martha gloria sandra patricia claudia diana andrea paola "
        "laura carolina alejandra gabriela daniela sofia valentina camila natalia monica veronica "
        "silvia teresa margarita elena isabel ines beatriz blanca alicia adriana angela angelica "
        "cecilia cristina dolores elizabeth esperanza esther fatima flor gladys irma jessica "
        "josefina julia karen karla leticia lidia liliana lorena lucia luisa marina mercedes "
        "mirna nancy norma olga paula reina rocio sara sonia susana vanessa wendy xiomara yolanda "
        "james john robert michael richard joseph thomas charles christopher matthew anthony mark "
        "donald steven paul andrew joshua kenneth brian george timothy ronald edward jason jeffrey "
        "ryan jacob gary eric stephen larry justin scott brandon gregory frank alexander patrick "
        "raymond jack dennis jerry tyler aaron adam henry nathan douglas zachary peter kyle ethan "
        "jeremy harold keith christian roger noah gerald terry sean austin arthur lawrence jesse "
        "dylan bryan joe jordan billy bruce albert willie wayne ralph roy eugene randy louis "
        "russell vincent philip bobby johnny bradley mary jennifer linda barbara susan sarah "
        "lisa betty helen donna ashley kimberly emily michelle amanda melissa deborah stephanie "
        "rebecca sharon cynthia kathleen amy shirley anna brenda pamela emma nicole samantha "
        "katherine christine debra rachel catherine janet ruth heather ray lee dean dale lynn "
        "allen earl carl leon edwin darnell lamar jamal tyrone deshawn"
    ).split()
)
