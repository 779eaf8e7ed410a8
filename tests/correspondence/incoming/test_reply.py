"""The new words of a reply, in the languages and programs of customers."""

import pytest

from amends.correspondence.incoming.parse import parse
from amends.correspondence.incoming.reply import divide

ANNOUNCED = [
    "On Fri, 22 Nov 2024 at 10:11, Anna Berg <anna@example.org> wrote:",
    "On Fri, 22 Nov 2024 at 10:11, Anna Berg\n<anna@example.org> wrote:",
    "Den fre 22 nov. 2024 kl 10:11 skrev Anna Berg <anna@example.org>:",
    "W dniu 22.11.2024 o 10:11, Anna Berg pisze:",
    "pt., 22 lis 2024 o 10:11 Anna Berg <anna@example.org> napisał(a):",
    "Pada Jum, 22 Nov 2024 pada 10:11 Anna Berg <anna@example.org> menulis:",
    "Anna Berg <anna@example.org> 于2024年11月22日周五 10:11写道：",
    '在 2024-11-22 10:11:12，"Anna" <anna@example.org> 写道：',
    "Am 22.11.2024 um 10:11 schrieb Anna Berg:",
    "-----Original Message-----",
    "-----Ursprungligt meddelande-----",
    "-----Oryginalna wiadomość-----",
    "------------------ 原始邮件 ------------------",
    "________________________________\nFrom: Anna <anna@example.org>\nSent: Friday\nTo: Bo\nSubject: Hi\n",
    "Från: Anna <anna@example.org>\nSkickat: den 22 november 2024 10:11\nTill: Bo\nÄmne: Hej\n",
    "Od: Anna <anna@example.org>\nWysłano: piątek, 22 listopada 2024\nDo: Bo\nTemat: Witam\n",
    "Daripada: Anna <anna@example.org>\nDihantar: Jumaat\nKepada: Bo\nSubjek: Hai\n",
    "发件人: Anna <anna@example.org>\n发送时间: 2024年11月22日\n收件人: Bo\n主题: 你好\n",
]


@pytest.mark.parametrize("announced", ANNOUNCED)
@pytest.mark.parametrize("sign", ["", "> "])
def test_what_is_quoted_is_folded(announced: str, sign: str) -> None:
    new, quoted = divide(f"My new words.\n\nSecond line.\n\n{announced}\n{sign}The old words.\n")
    assert new == "My new words.\n\nSecond line."
    assert quoted.startswith(announced.split("\n", maxsplit=1)[0])
    assert quoted.endswith("The old words.")


def test_words_below_and_between_are_new() -> None:
    text = "On 22/11/2024 10:11, Anna wrote:\n> When?\nOn Monday.\n> Where?\nAt home.\n"
    assert divide(text) == ("On Monday.\nAt home.", "On 22/11/2024 10:11, Anna wrote:\n> When?\n> Where?")


STORIES = [
    "On 3 May your colleague Anna wrote:\nThe chair comes on Friday.\nIt did not come.",
    "Från: Stockholm\nTill: Göteborg\nDatum: 3 maj\nBussen kom aldrig.",
    "I paid 300 -- far too much -- and got nothing.\n-- \nbut that is not all\n" + "more words\n" * 20,
    ">From what I see nothing came.",
]


@pytest.mark.parametrize("story", STORIES)
def test_a_story_is_not_folded(story: str) -> None:
    assert divide(story) == (story.strip().replace("-- \n", "--\n"), "")


def test_a_clear_signature_is_folded_but_not_lost() -> None:
    assert divide("Words.\n-- \nAnna\n+46 70 000 00 00") == ("Words.", "--\nAnna\n+46 70 000 00 00")
    assert divide("Ord.\n\nSkickat från min iPhone") == ("Ord.", "Skickat från min iPhone")


def test_what_is_only_forwarded_is_new() -> None:
    text = "---------- Forwarded message ---------\nFrom: Anna <a@example.org>\n\nThe words."
    assert divide(text) == (text, "")


@pytest.mark.parametrize(
    "html",
    [
        "<div>New.</div><div class=gmail_quote><div>On Fri x wrote:<br></div><blockquote>Old.</blockquote></div>",  # noqa: E501
        "<p>New.</p><div id=divRplyFwdMsg><b>From:</b> Anna<br><b>Sent:</b> today</div><p>Old.</p>",
        "<p>New.</p><div style='border:none;border-top:solid #E1E1E1 1.0pt'><p><b>Od:</b> Anna<br><b>Do:</b> B</p></div><p>Old.</p>",  # noqa: E501
        "<p>New.</p><blockquote type=cite>Old.</blockquote>",
    ],
)
def test_quotations_in_html(html: str) -> None:
    message = parse(b"From: a@b.example\nContent-Type: text/html\n\n" + html.encode())
    assert message.text == "New."
    assert message.quoted.endswith("Old.")
