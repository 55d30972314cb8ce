{% if let Some(key) = key -%}
struct {{ layout }} {{ key }}; {{ mark }}
{% if zero %}
__builtin_memset(&{{ key }}, 0, sizeof({{ key }}));
{%- endif %}
{%- for fill in fills %}
{{ fill }}
{%- endfor %}
nu_count_key(&{{ map }}, &{{ key }}); {{ mark }}
{%- else -%}
nu_count_hit(&{{ map }}); {{ mark }}
{%- endif %}
