{%- if let Some(key) = key -%}
{{ key }}
struct {{ c }} {{ value }};
{% if zero %}
__builtin_memset(&{{ value }}, 0, sizeof({{ value }}));
{%- endif %}
{%- for fill in fills %}
{{ fill }}
{%- endfor %}
{{ put }}; {{ mark }}
{%- else -%}
struct {{ c }} *{{ value }}; {{ mark }}

{{ value }} = {{ put }}; {{ mark }}
if ({{ value }}) {
{%- for fill in fills %}
	{{ fill }}
{%- endfor %}
}
{%- endif -%}
