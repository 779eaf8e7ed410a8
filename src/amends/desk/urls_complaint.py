"""The addresses of one complaint and of its steps."""

from django.urls import URLPattern

complaint_urls: list[URLPattern] = []
