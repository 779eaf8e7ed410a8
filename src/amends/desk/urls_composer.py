"""Around a text that is being written: its draft, its preview, who reads it first."""

from amends.desk.views import coaching, drafts, readings
from amends.desk.views.preview_page import preview_page
from amends.desk.views.progress_letter import progress_letter
from amends.desk.views.rewording import rewording
from amends.people.access import route
from amends.rules.capabilities import Capability

C = Capability
CASE = "complaints/<str:key>"

composer_urls = [
    route(f"{CASE}/drafts/<str:step>", drafts.draft, needs=C.HANDLE, name="draft"),
    route(f"{CASE}/drafts/<str:step>/notes", drafts.notes, needs=C.HANDLE, name="draft-notes"),
    route(f"{CASE}/drafts/<str:step>/preview", drafts.preview, needs=C.HANDLE, name="preview"),
    route(f"{CASE}/drafts/<str:step>/reading", drafts.asking, needs=C.HANDLE, name="ask-to-read"),
    route(f"{CASE}/drafts/<str:step>/rewording", rewording, needs=C.HANDLE, name="rewording"),
    # Whoever writes something in a case, a question to a colleague or a word after a talk.
    route(f"{CASE}/coach/<str:step>", coaching.coached, needs=C.READ, name="coach-reading"),
    # The standard text, ready to send in one press; the step is “write”.
    route(f"{CASE}/progress-letter", progress_letter, needs=C.HANDLE, name="progress-letter"),
    # Who was asked to read a text sees its pages too.
    route(f"{CASE}/previews/<str:name>", preview_page, needs=C.READ, name="preview-page"),
    # Only who was asked finds it, whatever else they may do.
    route("texts-to-read/<str:key>", readings.reading, needs=C.READ, name="reading"),
]
