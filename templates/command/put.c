{{ key }}
struct {{ c }} {{ value }};
{% if zero %}
__builtin_memset(&{{ value }}, 0, sizeof({{ value }}));
{%- endif %}
{%- for fill in fills %}
{{ fill }}
{%- endfor %}
{{ put }}; {{ mark }}