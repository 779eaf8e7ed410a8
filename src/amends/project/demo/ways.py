"""How far each complaint of the demonstration has come: which steps, when, and whose. Pure."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

OPENS, CLOSES = time(8, 30), time(17)  # of the office, Monday to Friday
WAKES, SLEEPS = time(7), time(22, 30)  # of customers, every day


@dataclass(frozen=True)
class Beat:
    """One step of a way: a verb of ``Telling``, whose hours it keeps, and hours since the last one."""

    verb: str
    whose: str  # "house", "customer" or "program"
    least: float = 0.02
    most: float = 0.04


@dataclass(frozen=True)
class Way:
    """One course: how many of 150 take it, which stories fit, its beats, and for how long it rests since."""

    share: int
    story: str
    beats: tuple[Beat, ...]
    rest: tuple[float, float]  # hours between the last beat and the present
    needs_mail: bool = True


def _house(verb: str, least: float, most: float) -> Beat:
    return Beat(verb, "house", least, most)


def _customer(verb: str, least: float, most: float) -> Beat:
    return Beat(verb, "customer", least, most)


def _program(verb: str, least: float = 0.02, most: float = 0.04) -> Beat:
    return Beat(verb, "program", least, most)


_first = (_customer("register", 0, 0),)
_ack = (_program("receipt"), _house("acknowledge", 1, 15))
_begin = (_house("assign", 0.2, 3), _house("investigate", 0.5, 9))
_look = (*_begin, _house("ask", 0.3, 3), _house("say_back", 1, 12), _customer("confirm_problem", 3, 30))
_corrected = (
    *_begin, _house("ask", 0.3, 3), _house("say_back", 1, 12), _customer("correct_problem", 3, 30),
    _house("say_back", 2, 14), _customer("confirm_problem", 1, 20),
)  # fmt: skip
_find = (
    _house("progress", 8, 30),
    _house("answer_inquiry", 4, 40),
    _house("find", 1, 10),
    _house("decide", 0.1, 2),
    _house("tell_decided", 0.1, 1),
)
_plan = (_house("plan", 0.5, 8), _house("submit_plan", 0.1, 1))
_approve = (_house("approve", 2, 26),)
_back = (_house("send_back", 2, 26), _house("plan_again", 1, 8), _house("submit_plan", 0.1, 1))
_offer = (_house("offer", 0.3, 5),)
_round = (
    _customer("counter", 8, 60),
    _house("plan_more", 1, 8),
    _house("submit_plan", 0.1, 1),
    *_approve,
    *_offer,
)
_sign = (_customer("request_code", 6, 70), _customer("agree", 0.05, 0.1))
_duties = (_program("draw_up_duties"), _program("agreement"), _program("fulfil"))
_carry = (_house("prove", 4, 40), _house("prove", 4, 60), _program("complete"))
_asked = (_program("ask_if_good"),)
_again = (_program("ask_if_good", 169, 172),)
_known = (*_first, *_ack, *_look, _customer("hear", 2, 20), *_find)
_agreed = (*_known, *_plan, *_approve, *_offer, *_sign)
_done = (*_agreed, *_duties, *_carry)
_no = (*_first, *_ack, *_look, *_find, _house("refuse", 1, 10))

WAYS: dict[str, Way] = {
    "received": Way(9, "any", _first, (1, 20), needs_mail=False),
    "received late": Way(3, "any", (*_first, _program("receipt")), (26, 60), needs_mail=False),
    "acknowledged": Way(8, "any", (*_first, *_ack), (2, 60), needs_mail=False),
    "acknowledged, mail failed": Way(2, "any", (*_first, _program("receipt_fails")), (3, 22)),
    "investigating": Way(9, "any", (*_first, *_ack, *_look), (2, 90), needs_mail=False),
    "investigating, corrected": Way(4, "any", (*_first, *_ack, *_corrected), (2, 60)),
    "investigating, long": Way(5, "any", (*_first, *_ack, *_look, _house("progress", 70, 110)), (20, 190)),
    "investigating, higher": Way(
        3,
        "upheld",
        (*_done, *_asked, _customer("not_satisfied", 5, 60), _house("assign_higher", 1, 12)),
        (4, 70),
    ),
    "decided": Way(6, "upheld", _known, (1, 40), needs_mail=False),
    "decided, plan sent back": Way(3, "upheld", (*_known, *_plan, _house("send_back", 2, 26)), (1, 30)),
    "awaiting_approval": Way(6, "upheld", (*_known, *_plan), (1, 30)),
    "awaiting_approval, late": Way(2, "upheld", (*_known, *_plan, *_back), (52, 80)),
    "offered": Way(8, "upheld", (*_known, *_plan, *_approve, *_offer), (3, 150)),
    "offered again": Way(4, "upheld", (*_known, *_plan, *_approve, *_offer, *_round), (3, 90)),
    "offered, lapsed": Way(
        2,
        "upheld",
        (*_known, *_plan, *_approve, *_offer, _house("progress", 100, 130), _program("lapse", 238, 242)),
        (4, 30),
    ),
    "agreed": Way(3, "upheld", _agreed, (0.3, 3)),
    "fulfilling": Way(8, "upheld", (*_agreed, *_duties), (2, 100)),
    "fulfilling, in part": Way(5, "upheld", (*_agreed, *_duties, _house("prove", 4, 40)), (5, 200)),
    "following_up": Way(6, "upheld", (*_done, *_asked), (5, 150)),
    "following_up, asked again": Way(4, "upheld", (*_done, *_asked, *_again), (5, 160)),
    "following_up, refused": Way(4, "untrue", _no, (5, 160), needs_mail=False),
    "following_up, at once": Way(
        4, "upheld", (*_first, _house("resolve_at_once", 0.1, 0.3)), (5, 160), needs_mail=False
    ),
    "closed": Way(
        13, "upheld", (*_done, *_asked, _customer("confirm", 3, 80), _program("closing")), (20, 1400)
    ),
    "closed after rounds": Way(
        6,
        "upheld",
        (
            *_known,
            *_plan,
            *_back,
            *_approve,
            *_offer,
            *_round,
            *_sign,
            *_duties,
            *_carry,
            *_asked,
            _customer("confirm", 3, 80),
            _program("closing"),
        ),
        (20, 1000),
    ),
    "closed at the second try": Way(
        3,
        "upheld",
        (
            *_done,
            *_asked,
            _customer("not_satisfied", 5, 60),
            _house("assign_higher", 1, 12),
            _house("decide", 8, 30),
            *_plan,
            *_approve,
            *_offer,
            *_sign,
            *_duties,
            *_carry,
            *_asked,
            _customer("confirm", 3, 60),
            _program("closing"),
        ),
        (10, 100),
    ),
    "closed at once": Way(
        4,
        "upheld",
        (
            *_first,
            _house("resolve_at_once", 0.1, 0.3),
            *_again,
            _customer("confirm", 3, 60),
            _program("closing"),
        ),
        (10, 1700),
    ),
    "closed as silent": Way(
        5,
        "upheld",
        (*_done, *_asked, *_again, _program("close_as_silent", 169, 172)),
        (10, 400),
    ),
    "closed, refused and content": Way(
        2, "untrue", (*_no, *_again, _customer("confirm", 3, 60), _program("closing")), (10, 400)
    ),
    "referred": Way(
        4, "elsewhere", (*_first, *_ack, *_begin, _house("ask", 0.3, 3), _house("refer", 8, 40)), (10, 900)
    ),
    "withdrawn": Way(4, "any", (*_first, *_ack, _customer("withdraw", 10, 60)), (10, 1000), needs_mail=False),
    "merged": Way(3, "any", (*_first, _house("merge", 0.3, 3)), (0.3, 4), needs_mail=False),
}


def shares(complaints: int) -> list[str]:
    """The way of each of so many complaints: as WAYS says of 150, none left out while there is room."""
    whole = sum(way.share for way in WAYS.values())
    exact = {name: way.share * complaints / whole for name, way in WAYS.items()}
    counts = {name: max(1, int(share)) for name, share in exact.items()}
    order = sorted(WAYS, key=lambda name: (counts[name] - exact[name], name))
    while sum(counts.values()) < complaints:
        for name in order[: complaints - sum(counts.values())]:
            counts[name] += 1
    return [name for name, count in counts.items() for _ in range(count)]


def moments(start: datetime, beats: Sequence[Beat], rng: random.Random, zone: ZoneInfo) -> list[datetime]:
    """When each beat happens, the first near ``start``: each kept to the hours of whose it is."""
    told, moment = [], start
    for beat in beats:
        moment += timedelta(hours=rng.uniform(beat.least, beat.most))
        moment = _awake(moment, beat.whose, rng, zone)
        told.append(moment)
    return told


def _awake(moment: datetime, whose: str, rng: random.Random, zone: ZoneInfo) -> datetime:
    if whose == "program":
        return moment
    first, last = (OPENS, CLOSES) if whose == "house" else (WAKES, SLEEPS)
    local = moment.astimezone(zone)
    if local.time() > last:
        local = _morning(local + timedelta(days=1), first, rng)
    elif local.time() < first:
        local = _morning(local, first, rng)
    while whose == "house" and local.weekday() > 4:
        local = _morning(local + timedelta(days=1), first, rng)
    return local.astimezone(moment.tzinfo)


def _morning(day: datetime, first: time, rng: random.Random) -> datetime:
    return day.replace(hour=first.hour, minute=first.minute) + timedelta(minutes=rng.uniform(1, 150))
