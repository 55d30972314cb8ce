{% if let Some(reset) = reset -%}
{{ reset }} {{ mark }}
{% endif -%}
{% for line in forget -%}
{{ line }} {{ mark }}
{% endfor -%}
{% if let Some(limit) = limit -%}
if ({{ call }} == {{ times }}) {{ mark }}
	{{ limit }}
{%- else -%}
{{ call }}; {{ mark }}
{%- endif %}
{%- for line in forget %}
{{ line }} {{ mark }}
{%- endfor %}
{%- for line in leaves %}
{{ line }}
{%- endfor %}