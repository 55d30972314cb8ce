{% if let Some(key) = key -%}
struct {{ layout }} {{ key }}; {{ mark }}
{% endif -%}
{{ c }} *{{ slot }};
{% if zero %}
__builtin_memset(&{{ key.as_deref().unwrap_or_default() }}, 0, sizeof({{ key.as_deref().unwrap_or_default() }}));
{%- endif %}
{%- for fill in fills %}
{{ fill }}
{%- endfor %}
{{ slot }} = {{ found }}; {{ mark }}
if ({{ slot }})
	{{ add }}; {{ mark }}

