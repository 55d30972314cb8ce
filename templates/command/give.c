struct {{ layout }} *{{ row }} = &{{ place }}; {{ mark }}

{{ row }}->nu_event = {{ event }};
{%- for fill in fills %}
{{ fill }}
{%- endfor %}
nu_give(ctx, {{ row }}, sizeof(*{{ row }})); {{ mark }}