"""Parties of real cells and of invented ones: names, titles, couples, relations, bodies, nobody."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giftgraph.resolve.parties import StatedParty, read_parties
from giftgraph.resolve.party_text import clean_text


def stated(text: str, role: str = "donor") -> list[tuple[str | None, str | None]]:
    return [(party.name, party.title) for party in read_parties(text, role)]  # type: ignore[arg-type]


def only(text: str) -> StatedParty:
    (party,) = read_parties(text)
    return party


@pytest.mark.parametrize(
    ("text", "name", "title"),
    [
        (
            "His Excellency Vladimir Putin, President of the Russian Federation",
            "Vladimir Putin",
            "President of the Russian Federation",
        ),
        ("President of Azerbaijan, Heyder Aliyev", "Heyder Aliyev", "President of Azerbaijan"),
        ("Amir, Shaikh Isa bin Salman Al-Khalifa, Bahrain", "Isa bin Salman Al-Khalifa", "Amir, Bahrain"),
        ("Amir of Qatar Hamad Bin Khalifa Al-Thani", "Hamad Bin Khalifa Al-Thani", "Amir of Qatar"),
        ("President Karzai of Afghanistan", "Karzai", "President of Afghanistan"),
        ("Prime Minister Sheikh Hasina Bangladesh", "Sheikh Hasina", "Prime Minister, Bangladesh"),
        ("Tunisian Foreign Minister Ben Yahia", "Ben Yahia", "Tunisian Foreign Minister"),
        ("National Assembly Chairman Nguyen Phu Trong", "Nguyen Phu Trong", "National Assembly Chairman"),
        ("Eric Cantor Member of Congress", "Eric Cantor", "Member of Congress"),
        ("Cohen, William S.--Secretary of Defense", "William S. Cohen", "Secretary of Defense"),
        ("Zinni, A.C. (General)--CINC, U.S. Central Command", "A.C. Zinni", "CINC, U.S. Central Command"),
        ("Bradtke, Robert A. Executive Secretary, NSC", "Robert A. Bradtke", "Executive Secretary, NSC"),
        ("Ryan, Jane Mrs.--wife of Congressman Ryan", "Jane Ryan", "wife of Congressman Ryan"),
        ("White House Staff Member. Warwood, Jordan.", "Jordan Warwood", "White House Staff Member"),
        ("White House Staff Member Lisa Monaco", "Lisa Monaco", "White House Staff Member"),
        ("Ms. Dean Lewis, Protocol Officer", "Dean Lewis", "Protocol Officer"),
        ("Don Nickles, U.S. Senator", "Don Nickles", "U.S. Senator"),
        ("Admiral M.G. Mullen, Chief Naval Officer", "M.G. Mullen", "Chief Naval Officer"),
        (
            "The Honorable F. James Sensenbrenner, Jr., Member of Congress",
            "F. James Sensenbrenner Jr.",
            "Member of Congress",
        ),
        ("The Right Honorable Tony Blair, M.P., Prime Minister", "Tony Blair", "Prime Minister"),
        (
            "General of the Army, Yuri Baluyevskiy, Chief of Defense, Russia",
            "Yuri Baluyevskiy",
            "Chief of Defense, Russia",
        ),
        ("Qaboos bin Said Al Said, Sultan of Oman", "Qaboos bin Said Al Said", "Sultan of Oman"),
        (
            "His Majesty Abdallah Bin Abd al-Aziz, Al Saud, King of Saudi Arabia",
            "Abdallah Bin Abd al-Aziz Al Saud",
            "King of Saudi Arabia",
        ),
        ("114168/BOYER--C, Mrs. Cheney", "Cheney", None),
        ("Monideep Dey, Sr. Systems Engineer", "Monideep Dey", "Sr. Systems Engineer"),
        ("VADM Wu, Wei-Rong, Director General, Taiwan", "Wu Wei-Rong", "Director General, Taiwan"),
        ("Major Saeed, Field Artillery, Army, Qatar", "Saeed", "Field Artillery, Army, Qatar"),
        ("His Excellency S.R. Nathan, Ambassador", "S.R. Nathan", "Ambassador"),
        ("General Sultan al-Numani, Minister of the Royal Office", "Sultan al-Numani", "Minister of the Royal Office"),
        (
            "Hagin, Joseph W., Deputy Chief of Staff (Operations)",
            "Joseph W. Hagin",
            "Deputy Chief of Staff (Operations)",
        ),
        ("CAPT R. L. Morrissey, Naval Medical Center", "R. L. Morrissey", "Naval Medical Center"),
        ("Vicki Dellarco Senior Scientist Office of Programs", "Vicki Dellarco", "Senior Scientist Office of Programs"),
        ("His Majesty Mohammed, VI, King of Morocco", "Mohammed VI", "King of Morocco"),
        ("Mr. Jan Ham[aacute][ccirc]ek, Speaker", "Jan Hamáĉek", "Speaker"),
        (
            "His Majesty Sultan Haji Hassanal Bolkiah Sultan and Yang Di-Pertuan of Brunei",
            "Hassanal Bolkiah",
            "Sultan and Yang Di-Pertuan of Brunei",
        ),
        (
            "Her Majesty Paduka Seri Baginda Raja Isteri Pengiran Anak Hajah Saleha binti Al-Marhum, Queen of Brunei",
            "Saleha binti Al-Marhum",
            "Queen of Brunei",
        ),
        ("Her Majesty Raja Isteri Pengiran Anak Saleha of Brunei", "Pengiran Anak Saleha", None),
        ("Mr. Mevl[uuml]t [Ccedil]avu[scedil]o[g breve]lu, Minister", "Mevlüt Çavuşoğlu", "Minister"),
        ("Com. Kim F. Kline, USN, U.S. Naval Forces", "Kim F. Kline", "U.S. Naval Forces"),
        (
            "Command Sergeant Major, U.S. Army, Roger Parker, 2d Brigade Combat Team",
            "Roger Parker",
            "Command Sergeant Major, U.S. Army, 2d Brigade Combat Team",
        ),
        (
            "The Honorable Assistant Secretary of Defense, Asian Security Affairs, Chip Gregson, OSD Policy",
            "Chip Gregson",
            "Assistant Secretary of Defense, Asian Security Affairs, OSD Policy",
        ),
        ("Rick Zaino, ATSAIC--Secret Service", "Rick Zaino", "ATSAIC--Secret Service"),
    ],
)
def test_name_and_title_are_told_apart_wherever_they_stand(text: str, name: str, title: str | None) -> None:
    assert stated(text) == [(name, title)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Their Majesties King Albert II and Queen Paola of Belgium",
            [("Albert II", "King of Belgium"), ("Paola", "Queen of Belgium")],
        ),
        (
            "His Majesty King Harald V and Her Majesty Queen Sonja, Their Majesties The King and Queen of Norway",
            [("Harald V", "King of Norway"), ("Sonja", "Queen of Norway")],
        ),
        (
            "His Excellency Hu Jintao and Mrs. Liu Yongqing, President and First Lady of the People's Republic of China",
            [
                ("Hu Jintao", "President of the People's Republic of China"),
                ("Liu Yongqing", "First Lady of the People's Republic of China"),
            ],
        ),
        (
            "His Excellency Massimo D'Alema and Mrs. D'Alema, President of the Council of Ministers of the Italian Republic",
            [("Massimo D'Alema", "President of the Council of Ministers of the Italian Republic"), ("D'Alema", None)],
        ),
        (
            "The Honorable Barack Obama, President of the United States, and First Lady Michelle Obama",
            [("Barack Obama", "President of the United States"), ("Michelle Obama", "First Lady")],
        ),
        ("Mr. & Mrs. Lamar Alexander", [("Lamar Alexander", None), ("Alexander", None)]),
        (
            "His Excellency and Mrs. Lee Hsien Loong, Prime Minister of Singapore",
            [("Lee Hsien Loong", "Prime Minister of Singapore"), (None, None)],
        ),
        (
            "Mr. and Mrs. Vardis and Mariana Vardinoyannis, Athens",
            [("Vardis Vardinoyannis", None), ("Mariana Vardinoyannis", None)],
        ),
        (
            "His Excellency Viktor Yushchenko, Prime Minister of Ukraine Valentyn Znoba, Kiev, Ukraine",
            [("Viktor Yushchenko", "Prime Minister of Ukraine"), ("Valentyn Znoba", None)],
        ),
        (
            "David Dodge, Governor, Gordon Thiessen, and John Crow, former Governors, Bank of Canada",
            [
                ("David Dodge", "Governor"),
                ("Gordon Thiessen", "former Governors, Bank of Canada"),
                ("John Crow", "former Governors, Bank of Canada"),
            ],
        ),
        (
            "Masoma Mubarak, Kuwaiti Minister of Planning; Niba Bourisly, Kuwait University",
            [("Masoma Mubarak", "Kuwaiti Minister of Planning"), ("Niba Bourisly", "Kuwait University")],
        ),
        (
            "King Abdullah II and Queen Rania King and Queen Hashemite Kingdom of Jordan",
            [("Abdullah II", "King Hashemite Kingdom of Jordan"), ("Rania", "Queen Hashemite Kingdom of Jordan")],
        ),
        (
            "Prime Minister of Pakistan, Benazir Bhutto and Farooq Leghari, President of Pakistan",
            [("Benazir Bhutto", "Prime Minister of Pakistan"), ("Farooq Leghari", "President of Pakistan")],
        ),
        (
            "Alan K. Simpson, U.S. Senator, Ann Simpson, Spouse, U.S. Senator",
            [("Alan K. Simpson", "U.S. Senator"), ("Ann Simpson", "Spouse, U.S. Senator")],
        ),
        ("The Vice President and Mrs. Gore", [("Gore", "Vice President"), ("Gore", None)]),
        (
            "Jerry Crawford and Cecilia Swensen, both Intelligence Analysts",
            [("Jerry Crawford", "Intelligence Analysts"), ("Cecilia Swensen", "Intelligence Analysts")],
        ),
        (
            "Messrs. Kalren Muto and Hisai Horenouchi, former Ministers",
            [("Kalren Muto", "former Ministers"), ("Hisai Horenouchi", "former Ministers")],
        ),
        (
            "Aref Abdulrahman, Mohammed BaNafea, Abdul Salam",
            [("Aref Abdulrahman", None), ("Mohammed BaNafea", None), ("Abdul Salam", None)],
        ),
        ("First Lady and Chelsea", [(None, "First Lady"), ("Chelsea", None)]),
        ("Their Majesties, The King and Queen of Norway", [(None, "King of Norway"), (None, "Queen of Norway")]),
        (
            "Li Mingman & Fan Chenghai, Laiwu Steel Group",
            [("Li Mingman", "Laiwu Steel Group"), ("Fan Chenghai", "Laiwu Steel Group")],
        ),
    ],
)
def test_several_parties_share_what_is_printed_once(text: str, expected: list[tuple[str | None, str | None]]) -> None:
    assert stated(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Minister of Trade and Industry of the Republic of Kenya",
        "Mohammad bin Rashid al Maktoum, Vice President and Prime Minister of the United Arab Emirates and Ruler of Dubai",
        "His Excellency Ali Babacan, Minister of Foreign Affairs and Chief EU Negotiator of the Republic of Turkey",
        "Her Royal Highness Princess Sabika, Chairperson of the Council for Women and spouse of the King of Bahrain",
        "Mr. Andres King, Deputy Chief of Staff, Senator Lindsey Graham",
        "Organization for Security and Cooperation in Europe",
        "Mrs. Chen, Spouse of General Chen Bingde, Chief of Defense of the People's Republic of China",
    ],
)
def test_one_party_is_not_cut_at_an_and_of_its_title(text: str) -> None:
    assert len(read_parties(text)) == 1


def test_a_spouse_is_related_and_not_given_the_title() -> None:
    first, second = read_parties("His Excellency, Keizo Obuchi, The Prime Minister of Japan and Mrs. Obuchi")
    assert (second.relation, second.of, second.sex, second.title) == ("spouse of", "Keizo Obuchi", "female", None)
    assert first.polity is not None
    assert second.polity == first.polity
    _, husband = read_parties("The Right Honorable Jenny Shipley, The Prime Minister of New Zealand and Mr. Shipley")
    assert (husband.relation, husband.of) == ("spouse of", "Jenny Shipley")


def test_somebody_known_through_another_has_no_name_of_his_own() -> None:
    party = only("Spouse of General Joseph Dunford, Chairman of Joint Chiefs of Staff")
    assert (party.name, party.status, party.relation, party.of) == (None, "office", "spouse of", "Joseph Dunford")


def test_a_gift_for_the_wife_names_her() -> None:
    officer, wife = read_parties("Brigadier General Kevin W. Mangum, O- 7, Director (For wife Angel)", "recipient")
    assert (officer.name, officer.title) == ("Kevin W. Mangum", "Director")
    assert (wife.name, wife.relation, wife.of) == ("Angel", "wife of", "Kevin W. Mangum")


def test_on_behalf_of_is_kept_apart() -> None:
    party = only("Presented on behalf of the Emir of Kuwait by H.H. Sheika Amthal Al-Sabah")
    assert (party.name, party.on_behalf_of, party.sex) == ("Amthal Al-Sabah", "the Emir of Kuwait", "female")


@pytest.mark.parametrize(
    ("text", "status", "name"),
    [
        ("The Amir of Bahrain", "office", None),
        ("Chief of Staff, Italian Navy", "office", None),
        ("Government of Norway", "polity", "Government of Norway"),
        ("Pakistan", "polity", "Pakistan"),
        ("Egyptian Air Force", "organization", "Egyptian Air Force"),
        ("Bank of Italy", "organization", "Bank of Italy"),
        ("World Economic Forum in Davos, Switzerland", "organization", "World Economic Forum in Davos"),
        ("INTERPOL", "organization", "INTERPOL"),
        ("European Food Safety Authority", "organization", "European Food Safety Authority"),
        ("Judiciary of the Republic of Namibia", "organization", "Judiciary of the Republic of Namibia"),
        ("A Department of Defense Employee", "office", None),
        ("5 U.S.C. 7342(f)(4), as amended", "withheld", None),
        ("An Agency Employee", "withheld", None),
        ("Unknown Foreign Government Official Donor", "unknown", None),
        ("Possibly Middle Eastern, no individual indicated.", "unknown", None),
        ("", "not stated", None),
        ("..........", "not stated", None),
        ("Ahmed Bin Mohammed Military College, State of Qatar", "organization", "Ahmed Bin Mohammed Military College"),
        (
            "Bush-Putin Slovakia Summit, February 23-25, 2005",
            "organization",
            "Bush-Putin Slovakia Summit, February 23-25, 2005",
        ),
    ],
)
def test_status_says_what_kind_of_party_is_printed(text: str, status: str, name: str | None) -> None:
    party = only(text)
    assert (party.status, party.name) == (status, name)


def test_a_name_before_a_citation_of_the_law_is_read() -> None:
    party = only("General Tantawi, Chief Egyptian Defense 5 U.S.C. 7342(f)(4).")
    assert (party.name, party.status) == ("Tantawi", "named")
    assert party.polity is not None
    assert party.polity.id == "egy"


def test_sex_is_told_by_words_alone() -> None:
    assert only("Her Excellency Angela Merkel, Chancellor of Germany").sex == "female"
    assert only("His Majesty Mohamed VI, King of Morocco").sex == "male"
    assert only("The Honorable Julia Gillard, Prime Minister of Australia").sex is None


def test_polity_of_a_donor_is_not_where_he_is_sent_and_a_recipient_has_none() -> None:
    donor = only("His Excellency Maleeha Lodhi, Ambassador to the United States, Islamic Republic of Pakistan")
    assert donor.polity is not None
    assert donor.polity.id == "pak"
    (recipient,) = read_parties("Gary Grappo, U.S. Ambassador to the Sultanate of Oman", "recipient")
    assert recipient.polity is None


@given(st.text(max_size=300))
def test_no_text_raises_and_nothing_grows(text: str) -> None:
    parties = read_parties(text)
    assert parties
    assert parties == read_parties(text)
    for party in parties:
        assert len(party.name or "") <= len(text)
        assert (party.name is not None and party.name.strip() != "") or party.status != "named" or party.relation


WORDS = [
    "His Excellency",
    "Mrs.",
    "General",
    "and",
    ",",
    ";",
    "of",
    "King",
    "Queen",
    "--",
    "President",
    "Jordan",
    "bin",
    "Ali",
    "(",
    ")",
    "Jr.",
    "&",
    "/",
    "Spouse",
    "the",
]


@given(st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join))
def test_any_order_of_the_words_of_cells_is_read(text: str) -> None:
    for role in ("donor", "recipient"):
        parties = read_parties(text, role)  # type: ignore[arg-type]
        assert parties
        assert all(party.name is None or party.name.strip() for party in parties)


@given(st.text(alphabet="[]&<>\\.-` abcdefghiA'\n", max_size=200))
def test_cleaned_text_is_never_longer(text: str) -> None:
    assert len(clean_text(text)) <= len(text)
