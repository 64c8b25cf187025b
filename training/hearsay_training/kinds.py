"""Word lists that tell the finer kinds of mentions where a corpus names only person, organisation, place.

They label training data only; the engine itself holds no list. Plain facts of the language: demonyms,
months, words that name facilities, offices of state, and well-known outlets and armed groups.
"""

import re

MEDIA = re.compile(
    r"\b(BBC|CNN|Reuters|AFP|AP|Associated Press|Al[- ]?Jazeera|Fox News|FOX|NBC|CBS|ABC News|MSNBC|NPR|PBS|Xinhua|Itar|TASS|SANA|"
    r"Al[- ]?Arabiya|Haaretz|Guardian|Independent|Telegraph|Time|Newsweek|Economist|Le Monde|Der Spiegel|Bloomberg|"
    r"Politico|Huffington|Breitbart|YouTube News|.*\b(Times|Post|Herald|Tribune|Gazette|Chronicle|Observer|Daily|Journal|"
    r"Magazine|News|TV|Television|Radio|Press|Broadcasting|News Agency|Newspaper))\b"
)
ARMED = re.compile(
    r"(?i)\b(al[- ]?qaeda|al[- ]?qaida|hamas|hizb\w+|hezb\w+|taliban|isis|isil|daesh|islamic state|mahdi army|fatah|"
    r"boko haram|al[- ]?shabaa?b|farc|eln|eta|ira|ltte|tamil tigers|pkk|ypg|peshmerga|jihad|brigades?|militia|mujah\w+|"
    r"liberation front|liberation army|resistance front|guerrillas?|insurgents?|free syrian army|sdf|syrian democratic forces|"
    r"nusra|lashkar\S*|martyrs)\b"
)
GOVERNMENT = re.compile(
    r"(?i)\b(government|ministry|department|parliament|congress|senate|house of (?:representatives|commons|lords)|"
    r"white house|kremlin|pentagon|cabinet|council of ministers|supreme court|court|fbi|cia|nsa|police|administration|"
    r"state department|treasury|knesset|duma|embassy|foreign office|downing street|homeland security|ferc|epa|fda|irs|"
    r"army|armed forces|air force|navy|marines?|battalion|regiment|coast guard|agency|presidency|municipality|city council|city hall|courts?|bureau|commission)\b"
)
FACILITY = re.compile(
    r"(?i)\b(airport|hospital|mosque|church|cathedral|school|bridge|station|base|prison|stadium|hotel|camp|palace|"
    r"museum|tower|dam|port|market|mall|theat(?:er|re)|square|street|road|avenue|highway|library|building|clinic|"
    r"shrine|temple|checkpoint|crossing|terminal|barracks|airfield|airbase|plant|refinery|restaurant|cafe|park|zoo)\b"
)
DEMONYMS = frozenset(
    """Afghan Afghans African Africans Albanian Albanians Algerian American Americans Arab Arabs Argentine Argentinian
    Armenian Armenians Asian Asians Australian Australians Austrian Azerbaijani Azeri Bahraini Bangladeshi Belarusian
    Belgian Bolivian Bosnian Brazilian Brazilians Britons British Bulgarian Burmese Cambodian Canadian Canadians Catholic
    Catholics Chechen Chechens Chilean Chinese Christian Christians Colombian Colombians Congolese Croatian Cuban Cubans Czech
    Danish Druze Dutch Egyptian Egyptians Emirati English Eritrean Estonian Ethiopian European Europeans Filipino Finnish
    French Georgian German Germans Ghanaian Greek Greeks Guatemalan Haitian Hindu Hindus Honduran Hungarian Indian
    Indians Indonesian Iranian Iranians Iraqi Iraqis Irish Israeli Israelis Italian Italians Japanese Jew Jewish Jews
    Jordanian Kashmiri Kazakh Kenyan Korean Koreans Kosovar Kurd Kurdish Kurds Kuwaiti Latino Lebanese Liberian Libyan
    Libyans Lithuanian Macedonian Malaysian Malian Maronite Mexican Mexicans Moroccan Muslim Muslims Nepalese Nicaraguan Nigerian
    Norwegian Orthodox Pakistani Pakistanis Palestinian Palestinians Panamanian Pashtun Persian Peruvian Philippine
    Polish Portuguese Protestant Qatari Rohingya Romanian Russian Russians Rwandan Saudi Saudis Scottish Senegalese Serb Serbian Serbs
    Shia Shiite Shiites Shi'ite Shi'ites Sikh Sikhs Slovak Slovenian Somali Somalis Soviet Spanish Sudanese Sunni Sunnis Swedish Swiss
    Syrian Syrians Taiwanese Tajik Tamil Tamils Thai Tibetan Tibetans Tunisian Turk Turkish Turkmen Turks Tutsi Hutu Ugandan Uighur
    Ukrainian Ukrainians Uruguayan Uzbek Venezuelan Vietnamese Welsh Western Yazidi Yazidis Yemeni Zimbabwean Salvadoran Salvadorans""".split()
)
MONTHS = frozenset(
    "January February March April May June July August September October November December Jan. Feb. Mar. Apr. Jun. Jul. "
    "Aug. Sept. Sep. Oct. Nov. Dec.".split()
)
DAYS = frozenset("Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split())
PARTS = frozenset("morning afternoon evening night".split())
TITLES = frozenset(
    "Mr Mr. Mrs Mrs. Ms Ms. Dr Dr. Prof Prof. Professor President Senator Sen. Rep. Gen. General Col. Colonel Capt. "
    "Captain Maj. Major Lt. Sgt. Minister King Queen Prince Princess Pope Sheikh Shaikh Ayatollah Governor Gov. Secretary "
    "Judge Chancellor Imam Rabbi Father Sir Lord Lady Chairman Director Ambassador Mayor".split()
)
# Words that may be part of a time that is no calendar date ("last month", "early Sunday", "two weeks ago").
TIME_WORDS = frozenset(
    "today yesterday tomorrow tonight last next this past early late ago week weeks weekend month months year years day "
    "days hour hours minute minutes decade decades century morning afternoon evening night noon midnight dawn dusk spring summer "
    "autumn winter fall century mid previous following earlier later overnight".split()
)
NUMBER_WORDS = frozenset(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
    "nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion dozen dozens "
    "hundreds thousands scores".split()
)
WEAPONS = frozenset(
    "bomb bombs missile missiles rocket rockets mortar mortars artillery tank tanks drone drones rifle rifles gun guns grenade "
    "grenades mine mines shell shells explosives helicopter helicopters warplane warplanes jet jets kalashnikov pistol ied ieds "
    "barrel cluster car suicide gas sarin chlorine munitions knife knives howitzer howitzers launcher launchers".split()
)
PRONOUNS = frozenset("I We They He She It You Our Their His Her My This That These Those".split())


def organisation(text):
    """The kind of a name that a corpus calls an organisation."""
    if ARMED.search(text):
        return "armed_group"
    if GOVERNMENT.search(text):
        return "government"
    if MEDIA.search(text):
        return "media"
    return "organisation"


def location(text):
    """The kind of a name that a corpus calls a location."""
    return "facility" if FACILITY.search(text) else "place"
