from amends.desk.views.sign_in_link import sign_in_link
from amends.people.access import Open, route

urlpatterns = [
    route("sign-in/link/<str:token>", sign_in_link, needs=Open.PUBLIC, name="sign-in-link"),
]
