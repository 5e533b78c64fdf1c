"""The invented past of the eight sample accounts: who held which seat, and who worked how in which week.

`make_data.py` reads this table and writes data/*.csv. One line is one person's spell in one job:

    id | name | job title | from | to | second quarter, third quarter, part week [| first sequence]

A letter is a week: 13 from 30 March, 13 from 29 June, and the part week from 28 September.
    x  works in Halyard: does the workflows of the job
    p  (managers) the same, but coaches one call instead of two
    b  (managers) opens the pipeline board and does nothing else
    o  works the old way: mails, calls and meetings, but outside sequences and without a result logged
    .  nothing at all that week
    -  no seat
`first sequence` is what a joiner did at the start: "day 8: 25" is a sequence with 25 leads by the eighth day.
"""

from __future__ import annotations

# The reference. Ruth Adler and five reps work every week of the third quarter; three of the eight did in the second.
ACME = """
u-1041 | Jon Bell      | Account Executive     | 2023-02-06 | | xxoxxxxxoxxxx xxxxxxxxxxxxx x
u-1042 | Aisha Karim   | Sales Development Rep | 2024-09-02 | | xxxxoxxxxxxxx xxxxxxxxxxxxx x
u-1043 | Marta Nowak   | Account Executive     | 2022-05-16 | | oooooxooxoxox xxxxxxxxxxxxx x
u-1044 | Luke Farrell  | Sales Development Rep | 2025-01-13 | | ooooxoxxoxxox xxxxxxxxxxxxx x
u-1045 | Chidi Obi     | Account Executive     | 2024-04-08 | | oooooooxoxxox xxxxxxxxxxxxx x
u-1046 | Helen Marsh   | Account Executive     | 2019-10-07 | | ooooooooooooo ooooooooooooo o
u-1047 | Ben Sutter    | Account Executive     | 2021-03-01 | | ooooooooooooo ooooooooooooo o
u-1048 | Ruth Adler    | Sales Manager         | 2020-06-15 | | pxpp.pxppx.pp xpxppxpxpppxx x
"""

# Clearly spreading: a roll-out by pairs of reps, a rep who became a manager, three who joined.
FERNHILL = """
u-2001 | Grace Whitlock | Account Executive     | 2024-09-02 |            | ooxoxoxxoxxxo xxxxxxoxxxxxx x
u-2002 | Omar Haddad    | Sales Development Rep | 2025-03-10 |            | ooooxooxoxoxx xxxxxxxxxxxxx x
u-2003 | Ella Jansen    | Account Executive     | 2022-11-07 |            | oooooooxooxox xxxxoxxxxxxxx x
u-2004 | Callum Reid    | Sales Development Rep | 2025-06-02 |            | xoxxoxxxxxxxx xxxxxxxxxxxxx x
u-2005 | Nadia Petrova  | Account Executive     | 2023-01-09 |            | oooooooooooox oxxoxxxxxxxxx x
u-2006 | Will Treharne  | Sales Development Rep | 2024-02-05 |            | oooooxoooxoxo xoxxxxxxxxxxx x
u-2007 | Sofia Almeida  | Account Executive     | 2021-08-16 |            | ooooooooooooo oooooxooxxoxx o
u-2008 | Samir Rahman   | Account Executive     | 2021-04-12 | 2026-07-05 | xxoxxxxxxoxxx x------------ -
u-2008 | Samir Rahman   | Sales Manager         | 2026-07-06 |            | ------------- -xxpxxxxpxxxx x
u-2009 | Beth Colley    | Sales Development Rep | 2026-07-13 |            | ------------- --xxxxxxxxxxx x | day 8: 25
u-2010 | Jack Osei      | Sales Development Rep | 2026-08-31 |            | ------------- ---------xxxx x | day 12: 14
u-2011 | Priti Shah     | Sales Development Rep | 2026-09-14 |            | ------------- -----------xx x | day 5: 31
u-2012 | Margaret Doyle | Sales Manager         | 2020-01-20 |            | xopxoxpxxopxx xxxpxxxxxpxxx x
"""

# Shrinking: all but three let go after the spring; one left in August.
CALDER_WYE = """
u-3001 | Edward Lyle    | Account Executive     | 2022-02-14 |            | xxxxxxxxxxxxx xxxxxxxxoxxxx x
u-3002 | Fiona Grant    | Account Executive     | 2023-05-02 |            | xxxxxxxxxxxxx xxxxxxoxoooxo o
u-3003 | Rhys Morgan    | Sales Development Rep | 2025-02-03 |            | xxxxxxxxxxxxx xxxxxoooo.... .
u-3004 | Zara Iqbal     | Sales Development Rep | 2024-10-14 |            | xxxxxxoxxxxxx xxxoxooxooooo o
u-3005 | Paul Dennison  | Account Executive     | 2021-07-05 |            | xxxxoxxxxxxxo xxoxooxoooooo .
u-3006 | Anya Sharpe    | Sales Development Rep | 2025-04-28 |            | xxxxxxxxxxoxx oxxxooxoxooxo o
u-3007 | Gareth Penry   | Account Executive     | 2020-09-21 | 2026-08-14 | xxxxxxxxxxxxx xxxxxoo------ -
u-3008 | Louise Tran    | Sales Development Rep | 2024-01-08 |            | xxxxxxxxxxxxx xxxxxxxxxoxxx x
u-3009 | Simon Keane    | Sales Manager         | 2019-03-18 |            | xxxpxxxxxpxxx xxxxppo.o.... .
u-3010 | Dorothy Vane   | Head of Sales         | 2017-11-01 |            | ppxpppxpppppp ppxpppppoppxp p
"""

# Everybody signs in, nearly nobody works there.
PEMBURY = """
u-4001 | Hugo Barnard    | Account Executive     | 2023-03-06 | | oxooxoxooxoox oooxooooooooo o
u-4002 | Leila Farouk    | Account Executive     | 2022-06-13 | | xoxxoxxoxxxox xxoxxxxxoxxxx x
u-4003 | Sam Tolland     | Sales Development Rep | 2025-05-12 | | oooxoooxooooo ooooooooooooo o
u-4004 | Carys Bevan     | Sales Development Rep | 2024-08-05 | | ooxooooxooxoo ooxooooooooxo o
u-4005 | Declan Moore    | Account Executive     | 2020-10-12 | | ooooooooooooo ooooooooooooo o
u-4006 | Yusra Siddiqui  | Sales Development Rep | 2025-09-01 | | oxooooxoooxoo oooooxooooooo o
u-4007 | Neil Ashworth   | Account Executive     | 2018-04-23 | | ooooooooooooo ooooooooooooo o
u-4008 | Catherine Booth-Hale | Sales Manager    | 2019-09-02 | | b.b..b.bb...b .b......b.... .
u-4009 | Ivan Marsh-Rowe | Head of Sales         | 2016-02-01 | | ....b........ ............. .
"""

# Steady work that nobody has put a figure to. Its people stand in accounts/oakhaven.yml, with their leave.
OAKHAVEN = """
u-5001 | Rosalind Achebe | Account Executive     | 2023-09-04 | | xxxxxxoxxxxxx xxxxxx.xoxxxx x
u-5002 | Peter Lindgren  | Account Executive     | 2021-01-18 | | xxxxoxxxxxxxx xxxxx..xxxxxx x
u-5003 | Kavita Menon    | Sales Development Rep | 2024-06-03 | | xoxxxxxxxxxxx xxoxxx.xxxxxx x
u-5004 | Thomas Okafor   | Sales Development Rep | 2025-02-17 | | xxxxxxxxxoxxx xxxxxxxxxxoxx x
u-5005 | Jane Aldous     | Account Executive     | 2022-04-11 | | xxxxx........ ............. .
u-5006 | Marcus Bell-Osei | Sales Development Rep | 2025-07-07 | | xoxooxoxoxxoo oxoxxo.oxoxxo o
u-5007 | Ingrid Solheim  | Sales Manager         | 2020-08-24 | | xxxxxxxxxxpxx xxxxxx.xxxpxx x
u-5008 | Duncan Reeve    | Account Executive     | 2023-11-13 | | xxxxxxxxxxxxo xxxxxx.xxoxxx x
"""

# Started on 10 August: seven full weeks, two people newer still.
TIDEWELL = """
u-6001 | Hanna Lindqvist | Sales Manager         | 2026-08-10 | | ------------- ------xpxxxxx x
u-6002 | Rory Maclean    | Account Executive     | 2026-08-10 | | ------------- ------oxxxxxx x | day 13: 22
u-6003 | Amara Nwosu     | Account Executive     | 2026-08-10 | | ------------- ------xxxxxxx x | day 4: 40
u-6004 | Joe Pickering   | Sales Development Rep | 2026-08-10 | | ------------- ------oxxxxxo x | day 11: 9
u-6005 | Mina Sato       | Sales Development Rep | 2026-09-07 | | ------------- ----------xxx x | day 9: 26
u-6006 | Oscar Field     | Sales Development Rep | 2026-09-07 | | ------------- ----------oox x | day 13: 12
"""

# Long names in many scripts. Jiří Dvořák-Němeček has no start date: his first event stands for it.
ZIELONA_DOLINA = """
u-8001 | Aleksandra Wojciechowska-Szczęsna | Account Executive | 2021-02-01 | | xxxoxxxxxxxxx xxxxxxxoxxxxx x
u-8002 | Trần Thị Bích Ngọc | Sales Development Rep | 2024-03-04 | | xxoxxxxxxxoxx xxxxoxxxxxxxx x
u-8003 | Ελευθερία Παπαδημητρίου-Οικονόμου | Account Executive | 2022-10-03 | | oxooxxoxooxox xooxoxoxxooxo o
u-8004 | Володимир Ковальчук | Account Executive | 2023-06-12 | | xxxxxxxxxxxxx xxxxxxxxxxxox x
u-8005 | 高橋 美咲 | Sales Development Rep | 2025-01-07 | | xxxxoxxxxxxxx xxoxxxxxxxxxx x
u-8006 | ليلى عبد الرحمن | Account Executive | 2023-09-18 | | ooxoooooxoooo xooxooooxoooo o
u-8007 | Zbigniew Krzysztofowicz | Account Executive | 2018-05-07 | | ooooooooooooo ooooooooooooo o
u-8008 | Þórdís Guðmundsdóttir | Sales Development Rep | 2024-11-11 | | xxxxxxxxxxoxx xxxxxxxxxxxxx x
u-8009 | Maria da Conceição Albuquerque e Vasconcelos | Account Executive | 2022-01-10 | | oxxxxoxxxxxxx xxxxxxoxxoxxx x
u-8010 | Jiří Dvořák-Němeček | Sales Development Rep | | | xxxxxxxxxxxxx xxxxxxoxxxxxx x
u-8011 | Małgorzata Święcicka-Żółkowska | Head of Sales | 2016-04-04 | | pxpppxppppxpp ppxppppxpppxp p
u-8012 | Søren Bjørnskov Østergård | Sales Manager | 2020-02-17 | | xxpxxxxxxpxxx xxxxpxxxxxxpx x
"""

# 60 people in four personas (and two who left): too many to draw by hand, so a line is a group.
# number of people | job title | from | to | how they work (see make_data.letters)
SABLE_MERIDIAN = """
17 | Sales Development Rep      | 2024-05-13 |            | steady
 4 | Sales Development Rep      | 2025-03-03 |            | from week 15
 3 | Sales Development Rep      | 2023-10-02 |            | half
 2 | Sales Development Rep      | 2022-09-05 |            | until week 19
 1 | Sales Development Rep      | 2021-06-21 |            | never
 1 | Sales Development Rep      | 2025-01-06 | 2026-07-31 | steady
 2 | Sales Development Rep      | 2026-07-22 |            | steady, first sequence day 9: 28
 1 | Sales Development Rep      | 2026-09-09 |            | steady, first sequence day 3: 21
15 | Account Executive          | 2023-01-16 |            | steady
 2 | Account Executive          | 2022-03-07 |            | half
 1 | Account Executive          | 2020-11-02 |            | never
 2 | Account Executive          | 2024-09-09 |            | until week 20
 1 | Account Executive          | 2019-02-04 | 2026-08-21 | half
 4 | Sales Manager              | 2021-08-02 |            | steady
 1 | Sales Manager              | 2023-04-17 |            | half
 1 | Sales Manager              | 2020-05-25 |            | never
 3 | Revenue Operations Analyst | 2022-06-20 |            | steady
 1 | Revenue Operations Analyst | 2024-02-12 |            | until week 17
"""
FIRST_NAMES = (
    "Adele Arjun Bethan Blake Camille Conor Dalia Dmitri Elin Emeka Farah Felix Gemma Goran Hazel Ibrahim "
    "Imogen Jasper Jun Kezia Lars Lucia Mei Milan Nia Noor Orla Pablo Quentin Rania"
)
LAST_NAMES = (
    "Abbott Bajwa Carver Delgado Ekström Fairley Gupta Hollis Ingram Jovanović Kaur Lomax Mensah Norris Okoye "
    "Pereira Quayle Rossi Seddon Turay Underhill Vaughan Whitmore Xu Yates Zaman Byrne Castell Drummond Easton Frith"
)

ACCOUNTS = {
    "acme": ACME,
    "fernhill": FERNHILL,
    "calder-wye": CALDER_WYE,
    "pembury": PEMBURY,
    "oakhaven": OAKHAVEN,
    "tidewell": TIDEWELL,
    "sable-meridian": SABLE_MERIDIAN,
    "zielona-dolina": ZIELONA_DOLINA,
}
LISTED_IN_ACCOUNT_FILE = {"oakhaven"}  # the rest are in data/people.csv

# What share of the work is done the new way in a week marked x: (second quarter, third quarter).
USUAL = {
    "touches": (0.86, 0.89),
    "calls": (0.76, 0.78),
    "replies": (0.79, 0.81),
    "deals": (0.83, 0.86),
    "recaps": (0.70, 0.78),
    "notes": (0.72, 0.80),
    "duplicates": (0.70, 0.74),
}
LEVELS: dict[str, dict[str, tuple[float, float]]] = {
    "acme": {"touches": (0.94, 0.94), "calls": (0.90, 0.95), "replies": (0.55, 0.72)},
    "fernhill": {"touches": (0.88, 0.93), "calls": (0.62, 0.66), "replies": (0.85, 0.92)},
    "calder-wye": {"touches": (0.88, 0.78), "calls": (0.80, 0.78)},
    "pembury": {"touches": (0.70, 0.66), "replies": (0.60, 0.60)},
    "oakhaven": {"calls": (0.80, 0.81), "replies": (0.72, 0.71)},
    "sable-meridian": {"calls": (0.80, 0.82), "recaps": (0.86, 0.94), "notes": (0.84, 0.90)},
    "zielona-dolina": {"touches": (0.93, 0.93), "calls": (0.84, 0.84), "deals": (0.76, 0.75)},
}

# Sums that must come out exactly in the third quarter; make_data.settle moves single occurrences until they do.
TOTALS = {
    "acme": {
        "sequence_touch_sent": 4180,  # of 4,180 + 1,045 = 5,225 outbound touches: 80%
        "manual_touch_sent": 1045,
        "call_made": 1300,
        "call_outcome_logged": 988,  # 76%
        "reply_received": 550,
        "reply_answered_same_day": 341,  # 62%
    },
}

# How likely a sign-in is in a week of work (x, p, b) and in any other, by quarter.
USUAL_LOGINS = ((0.96, 0.30), (0.96, 0.28))
LOGINS = {"pembury": ((0.90, 0.62), (1.0, 0.97))}

# What the CRM knows: owner, segment, yearly revenue in pounds, renewal.
CRM = """
acme           | Priya Raman    | Mid-market | 84000  | 2027-03-31
fernhill       | Priya Raman    | Mid-market | 132000 | 2027-06-30
calder-wye     | Tom Whitfield  | Mid-market | 118500 | 2026-12-31
pembury        | Tom Whitfield  | Enterprise | 205000 | 2027-01-31
oakhaven       | Inês Carvalho  | Small      | 46800  | 2027-04-30
tidewell       | Inês Carvalho  | Small      | 38400  | 2027-08-09
sable-meridian | Marcus Feld    | Enterprise | 612000 | 2027-09-30
zielona-dolina | Marcus Feld    | Mid-market | 97250  | 2027-02-28
"""

# The mail gateway's weekly report, from 29 June: e-mails sent and delivered (the last row is a part week).
DELIVERABILITY = """
sable-meridian | 6120 5861 | 6240 5990 | 5980 5752 | 6310 6083 | 6055 5846 | 5890 5681 | 5710 5527
sable-meridian | 5835 5636 | 6020 5833 | 6205 6013 | 6330 6140 | 6295 6113 | 6410 6237 | 2560 2489
"""
