"""Letters that go out: printing and posting them, and the one letter to everybody concerned."""

from amends.desk.views import post, print_runs
from amends.people.access import route
from amends.rules.capabilities import Capability

C = Capability
RUN = "post/runs/<str:key>"

post_urls = [
    route("post", post.post, needs=C.REGISTER, name="post"),
    route("post/posted", post.posted, needs=C.REGISTER, name="posted"),
    route("post/runs", post.print_letters, needs=C.REGISTER, name="print-runs"),
    route(RUN, print_runs.print_run, needs=C.REGISTER, name="print-run"),
    route(f"{RUN}/letters.pdf", print_runs.pdf, needs=C.REGISTER, name="print-run-pdf"),
    route(f"{RUN}/dispatch", print_runs.dispatch, needs=C.REGISTER, name="dispatch-run"),
]
