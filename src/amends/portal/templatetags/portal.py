"""Filters of the customer's pages."""

from django import template

from amends.portal import dates

register = template.Library()
register.filter("day", dates.day)
register.filter("hour", dates.hour)
register.filter("day_and_hour", dates.day_and_hour)
register.filter("zone", dates.zone)
