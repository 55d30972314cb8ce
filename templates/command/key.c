struct {{ layout }} {{ name }}; {{ mark }}
{%- if zero %}

__builtin_memset(&{{ name }}, 0, sizeof({{ name }}));
{%- endif %}
{%- for fill in fills %}
{{ fill }}
{%- endfor %}
