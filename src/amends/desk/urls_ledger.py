"""The addresses of the ledger. For who leads and for who approves: the views ask for LEAD or APPROVE."""

from django.urls import URLPattern

from amends.desk.views import ledger
from amends.people.access import Open, route

ledger_urls: list[URLPattern] = [
    route("money", ledger.money, needs=Open.SIGNED_IN, name="money"),
    route("money/rows", ledger.money_rows, needs=Open.SIGNED_IN, name="money-rows"),
    route("money.csv", ledger.money_csv, needs=Open.SIGNED_IN, name="money-csv"),
]
