"""Mail that came in."""

from amends.desk.views import mail, mail_decisions
from amends.people.access import route
from amends.rules.capabilities import Capability

C = Capability
ONE = "mail/<str:key>"

mail_urls = [
    route("mail", mail.mails, needs=C.REGISTER, name="mails"),
    route(ONE, mail.mail, needs=C.REGISTER, name="mail"),
    route(f"{ONE}/raw", mail.raw_mail, needs=C.REGISTER, name="raw-mail"),
    route(f"{ONE}/complaint", mail_decisions.mail_complaint, needs=C.REGISTER, name="mail-complaint"),
    route(f"{ONE}/place", mail_decisions.mail_place, needs=C.REGISTER, name="mail-place"),
    route(f"{ONE}/aside", mail_decisions.mail_aside, needs=C.REGISTER, name="mail-aside"),
]
