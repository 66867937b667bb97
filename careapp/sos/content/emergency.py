"""The number that calls for help, by country (ISO 3166-1): where one number serves for everything, that one, else the
ambulance's.

Sources: the European Union's 112; each country's own published numbers as of 2026, most of them compared with the
short numbers in Google's libphonenumber 9.0. Where nothing is known for certain: 112, which GSM phones pass on to
whoever takes emergency calls there (3GPP TS 22.101).
"""

from collections.abc import Mapping

from careapp.catalogue import DEFAULT
from careapp.said import mark
from careapp.sites.countries import country_names
from careapp.sos.views import Emergency

FALLBACK = "112"
ALL, AMBULANCE = mark("All emergencies"), mark("Ambulance")
UNSURE = mark("Emergencies, from most mobile phones")

FOR_ALL: Mapping[str, str] = {
    "112": "AD AL AO AT AX AZ BE BG BI BJ BT CY CZ DE DK EA EE ES FI FO FR GE GI GL GR HR HU IC ID IE IN IS IT KW "
    "KZ LS LT LU LV MC MD ME MK MQ MT NG NL PL PT RE RO RU RW SE SI SK ST TL TR TZ VA VU XK YT ZA",
    "911": "AC AG AI AS AW BM BQ BS BZ CA CR CW DO EC FJ FM GD GU HN JO KN KY LC LR MH MP MS MX PA PH PR PW PY SH SV "
    "TC TO TV UM US UY VC VE VG VI",
    "999": "BD BH CQ DM FK GB GG HK IM JE KE MO MY NU QA SB SC SD SL SO SS SZ TA UG",
    "000": "AU CC CX HM NF",
    "111": "NZ PG TK",
    "110": "SY",
    "919": "SX",
    "9999": "OM",
}
FOR_AMBULANCE: Mapping[str, str] = {
    "03": "TM",
    "14": "DZ",
    "15": "BL EH GF GP MA MF ML NC NE PF PM WF",
    "18": "BF DJ KM MR SN TD",
    "101": "IL PS",
    "102": "AF MV NP",
    "103": "AM BY KG MN TJ UA UZ",
    "104": "CU",
    "106": "PE",
    "107": "AR",
    "110": "JM",
    "111": "NR",
    "113": "BV NO SJ",
    "114": "ER MU",
    "115": "IR SR VN",
    "116": "GM",
    "117": "MZ",
    "118": "BO CD CG GW HT MG SM TG",
    "119": "JP KH KP KR TW",
    "120": "CN",
    "122": "IQ",
    "123": "CO EG GT",
    "124": "BA",
    "128": "NI",
    "130": "CV",
    "131": "CL",
    "140": "LB",
    "144": "CH LI",
    "180": "CI",
    "190": "TN",
    "191": "YE",
    "192": "BR MM",
    "193": "GH LY",
    "194": "RS",
    "195": "LA",
    "511": "BB",
    "811": "TT",
    "913": "GY",
    "939": "ET",
    "991": "BN ZM",
    "994": "KI ZW",
    "995": "SG",
    "996": "WS",
    "997": "BW SA",
    "998": "AE CK MW",
    "1122": "PK",
    "1220": "CF",
    "1300": "GA",
    "1669": "TH",
    "1990": "LK",
}


def emergency_of(country: str, language: str = DEFAULT) -> Emergency:
    """What to call from there."""
    number, words = NUMBERS.get(country, (FALLBACK, UNSURE))
    return Emergency(number, f"tel:{number}", words, country_names(language).get(country, ""))


NUMBERS: Mapping[str, tuple[str, str]] = {
    country: (number, words)
    for table, words in ((FOR_ALL, ALL), (FOR_AMBULANCE, AMBULANCE))
    for number, countries in table.items()
    for country in countries.split()
}
