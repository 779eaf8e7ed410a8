"""An invitation to review promises nothing in return, in no language; elsewhere gifts may be spoken of."""

import pytest

from amends.coach.draft import coach
from amends.coach.owed import MUST
from amends.coach.whole.case import Case
from amends.correspondence.phrasebook import pack_text

PROMISES = {
    "en": [
        "Write a review and you get a voucher worth 10 euros.", "Everybody who writes takes part in our prize draw.",
        "As a thank you we give you 10 percent off your next order.", "We send you a small gift for your review.",
        "In return for your review we send you something nice.", "Your next coffee is on us: a free coffee for a few words.",
        "We add 200 points to your account once your words are online.",
    ],
    "sv": [
        "Skriv ett omdöme så får du ett presentkort på 100 kronor.", "Alla som skriver är med i vår utlottning.",
        "Som tack ger vi dig 10 procent på nästa köp.", "Vi skickar en liten gåva till dig.",
        "Du får fri frakt nästa gång.", "Vinn en helg för två med några ord.",
    ],
    "pl": [
        "Za opinię otrzymają Państwo kupon o wartości 50 zł.", "Każda opinia bierze udział w losowaniu nagród.",
        "W podziękowaniu prześlemy drobny upominek.", "Damy Państwu rabat na kolejne zakupy.",
        "Za kilka słów dopiszemy 100 punktów do konta w programie.",
    ],
    "ms": [
        "Tulis ulasan dan terima baucar bernilai RM20.", "Setiap ulasan layak menyertai cabutan bertuah kami.",
        "Kami akan memberikan diskaun untuk pembelian seterusnya.", "Sebagai tanda terima kasih kami hantar hadiah kecil.",
        "Anda mendapat 200 mata untuk setiap ulasan.",
    ],
    "zh-hans": [
        "写一条评价，我们送您一张优惠券。", "凡写评价者均可参加抽奖。", "为表感谢，我们会给您八折优惠。",
        "好评返现十元。", "评价后可获得两百积分。", "我们会寄上一份小礼品。",
    ],
}  # fmt: skip
HONEST = {
    "en": ["We give nothing in return for it.", "There is no reward for it, and no discount.",
           "Write what you think, the bad as well as the good.", "It takes two minutes of your time.",
           "The matter has been put right: the new kettle is with you."],
    "sv": ["Vi ger ingen ersättning för det.", "Det finns ingen belöning och ingen rabatt.",
           "Skriv det du tycker, det dåliga såväl som det goda."],
    "pl": ["Nie dajemy nic w zamian.", "Nie ma za to żadnych nagród ani rabatów.", "Prosimy o szczerą opinię."],
    "ms": ["Kami tidak memberikan apa-apa ganjaran.", "Tiada hadiah atau baucar untuk ulasan ini.",
           "Sila tulis pandangan yang sebenar."],
    "zh-hans": ["我们不会为此提供任何回报。", "写评价没有任何奖励。", "请写下您的真实看法，好的坏的都可以。"],
}  # fmt: skip


def found(text: str, language: str, stage: str) -> list[tuple[str, str]]:
    case = Case(language=language, stage=stage)
    return [
        (one.code, one.level)
        for one in coach(text, language=language, case=case).findings
        if one.code == "paid-review"
    ]


@pytest.mark.parametrize(
    ("language", "text"), [(code, text) for code, texts in PROMISES.items() for text in texts]
)
def test_what_is_given_for_a_review_holds_it_up(language: str, text: str) -> None:
    assert found(text, language, "review") == [("paid-review", MUST)]
    assert found(text, language, "offer") == []


@pytest.mark.parametrize(
    ("language", "text"), [(code, text) for code, texts in HONEST.items() for text in texts]
)
def test_a_word_that_there_is_nothing_for_it_is_no_promise(language: str, text: str) -> None:
    assert found(text, language, "review") == []


@pytest.mark.parametrize("language", PROMISES)
def test_our_own_text_promises_nothing(language: str) -> None:
    assert found(pack_text(language, "review-invitation"), language, "review") == []
