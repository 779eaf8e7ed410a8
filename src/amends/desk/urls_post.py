"""Letters that go out: printing and posting them, and the one letter to everybody concerned."""

from amends.desk.views import mass_letter, mass_letters, post, print_runs
from amends.people.access import route
from amends.rules.capabilities import Capability

C = Capability
RUN = "post/runs/<str:key>"
MASS = "mass-letters/<str:key>"

post_urls = [
    route("post", post.post, needs=C.REGISTER, name="post"),
    route("post/posted", post.posted, needs=C.REGISTER, name="posted"),
    route("post/runs", post.print_letters, needs=C.REGISTER, name="print-runs"),
    route(RUN, print_runs.print_run, needs=C.REGISTER, name="print-run"),
    route(f"{RUN}/letters.pdf", print_runs.pdf, needs=C.REGISTER, name="print-run-pdf"),
    route(f"{RUN}/dispatch", print_runs.dispatch, needs=C.REGISTER, name="dispatch-run"),
    route("mass-letters", mass_letters.mass_letters, needs=C.LEAD, name="mass-letters"),
    route("mass-letters/new", mass_letters.new, needs=C.LEAD, name="new-mass-letter"),
    route(MASS, mass_letter.mass_letter, needs=C.LEAD, name="mass-letter"),
    route(f"{MASS}/texts/<str:language>", mass_letter.words, needs=C.LEAD, name="mass-letter-words"),
    route(f"{MASS}/recipients", mass_letter.recipients, needs=C.LEAD, name="mass-letter-recipients"),
    route(f"{MASS}/preview/<str:language>", mass_letter.preview, needs=C.LEAD, name="mass-letter-preview"),
    route(f"{MASS}/sending", mass_letter.send, needs=C.LEAD, name="mass-letter-sending"),
]
