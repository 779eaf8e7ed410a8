"""Another wording of a text to a customer, where the house has switched it on."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from amends.correspondence.rewording import NoRewording, reword, switched_on
from amends.desk.case_file import CaseFile
from amends.desk.coached_steps import coach_of, coach_text
from amends.desk.coaching import panel_of
from amends.desk.signed_in import staff_of
from amends.desk.step_table import DESK_STEPS


@require_POST
def rewording(request: HttpRequest, key: str, step: str) -> HttpResponse:
    """POST the composer's form; a suggestion with what the coach says of it. Nothing is kept or put in.

    404 where the house has not switched it on; 502 with a sentence when the endpoint gives none.
    """
    file, desk_step = CaseFile.open(key, staff_of(request)), DESK_STEPS.get(step)
    if not switched_on() or desk_step is None or not desk_step.composes:
        raise Http404
    panel = coach_of(file, desk_step, request.POST)
    text = "".join(piece.text for piece in panel.pieces)
    known: dict[str, object] = {"draft_language": file.complaint.language, "complaint": file.complaint}
    status = 200
    try:
        words = reword(text, file.complaint.language, panel.coached.findings) if text else ""
        known |= {
            "words": words,
            "panel": panel_of(coach_text(file, desk_step, request.POST, words), words, words),
        }
    except NoRewording as why:
        known, status = known | {"why": str(why)}, 502
    whole = not request.headers.get("HX-Request")
    page = "desk/coach/reworded_page.html" if whole else "desk/coach/reworded.html"
    return render(request, page, known, status=status if whole else 200)
