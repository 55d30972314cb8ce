{%- if let Some(key) = key -%}
{{ key }}
{% endif -%}
struct {{ c }} *{{ value }}; {{ mark }}

{{ value }} = {{ found }}; {{ mark }}
if ({{ value }}) {
{%- for fill in fills %}
	{{ fill }}
{%- endfor %}
}
