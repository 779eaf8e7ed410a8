"""Who speaks for a customer, and by which paper they may sign."""

from amends.cases.models import Complaint, Document


def authority_on_file(complaint: Complaint) -> Document | None:
    """The newest paper by which the complaint's representative may sign, also one of another complaint."""
    if complaint.representative_id is None:
        return None
    return Document.objects.filter(authority_of=complaint.representative_id).order_by("at", "pk").last()
