from django.forms.renderers import TemplatesSetting


class HouseRenderer(TemplatesSetting):
    """How every form of the house looks: see templates/parts."""

    form_template_name = "parts/form.html"
    field_template_name = "parts/field.html"
