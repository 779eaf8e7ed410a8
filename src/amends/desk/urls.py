"""The addresses of the desk. What each needs stands on its line (see ``people.access``).

Names are in the namespace ``desk`` (``desk:complaint``); those of signing in are not, because the sign-in
library looks them up by its own names.
"""

from django.urls import URLPattern, URLResolver, include, path

from amends.desk.urls_authority import authority_urls
from amends.desk.urls_complaint import complaint_urls
from amends.desk.urls_composer import composer_urls
from amends.desk.urls_ledger import ledger_urls
from amends.desk.urls_mail import mail_urls
from amends.desk.urls_policy import policy_urls
from amends.desk.urls_post import post_urls
from amends.desk.urls_rules import rules_urls
from amends.desk.urls_webhooks import webhook_urls
from amends.desk.urls_words import words_urls
from amends.desk.views import departments, me, password, people, register, sign_in, tasks
from amends.desk.views.complaints import complaints
from amends.desk.views.duties_csv import duties_csv
from amends.desk.views.sign_in_link import sign_in_link
from amends.desk.views.today import today
from amends.people.access import Open, route
from amends.rules.capabilities import Capability

sign_in_urls = [
    route("sign-in", sign_in.sign_in, needs=Open.PUBLIC, name="account_login"),
    route("sign-in/link/<str:token>", sign_in_link, needs=Open.PUBLIC, name="sign-in-link"),
    route("sign-in/forgotten", password.forgotten, needs=Open.PUBLIC, name="account_reset_password"),
    route("sign-in/forgotten/sent", password.sent, needs=Open.PUBLIC, name="password-sent"),
    route("sign-in/new/<uidb64>/<token>", password.choose, needs=Open.PUBLIC, name="password-choose"),
    route("sign-in/new/chosen", password.chosen, needs=Open.PUBLIC, name="password-chosen"),
    route("sign-out", sign_in.sign_out, needs=Open.SIGNED_IN, name="sign-out"),
]

desk_urls: list[URLPattern | URLResolver] = [
    # Today shows each only what their capabilities let them see, and sends the others to their tasks.
    route("", today, needs=Open.SIGNED_IN, name="today"),
    # POST registers a new one, and asks for REGISTER itself.
    route("complaints", complaints, needs=Capability.READ, name="complaints"),
    route("complaints/new", register.register, needs=Capability.REGISTER, name="register"),
    route("complaints/new/known", register.known, needs=Capability.REGISTER, name="known"),
    route("tasks", tasks.tasks, needs=Open.SIGNED_IN, name="tasks"),
    route("tasks/inquiries/<str:key>/statement", tasks.statement, needs=Capability.CONSULT, name="statement"),
    route("tasks/duties/<str:key>/proof", tasks.proof, needs=Capability.FULFIL, name="proof"),
    route("tasks/duties.csv", duties_csv, needs=Capability.FULFIL, name="duties-csv"),
    *mail_urls,
    *post_urls,
    route("me", me.me, needs=Open.SIGNED_IN, name="me"),
    route("me/password", me.my_password, needs=Open.SIGNED_IN, name="my-password"),
    route("me/language", me.my_language, needs=Open.SIGNED_IN, name="my-language"),
    *authority_urls,
    route("people", people.people, needs=Capability.ADMINISTER, name="people"),
    route("people/new", people.new_person, needs=Capability.ADMINISTER, name="new-person"),
    route("people/departments", departments.departments, needs=Capability.ADMINISTER, name="departments"),
    route(
        "people/departments/<int:pk>", departments.department, needs=Capability.ADMINISTER, name="department"
    ),
    route("people/<str:key>", people.person, needs=Capability.ADMINISTER, name="person"),
    route(
        "people/<str:key>/sign-in-link", people.sign_in_link, needs=Capability.ADMINISTER, name="person-link"
    ),
    *words_urls,
    *rules_urls,
    *policy_urls,
    *webhook_urls,
    *ledger_urls,
    # one complaint and its steps; after the fixed addresses under complaints/, which a key must not hide
    *complaint_urls,
    *composer_urls,
]

urlpatterns: list[URLPattern | URLResolver] = [
    *sign_in_urls,
    path("", include((desk_urls, "desk"))),
]
