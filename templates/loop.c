{% if let Some(reset) = reset -%}
{{ reset }} {{ mark }}
{% endif -%}
{% for line in forget -%}
{{ line }} {{ mark }}
{% endfor -%}
{% if let Some(limit) = limit -%}
if (bpf_loop({{ times }}, {{ turn }}, {{ frame }}, 0) == {{ times }}) {{ mark }}
	{{ limit }}
{%- else -%}
bpf_loop({{ times }}, {{ turn }}, {{ frame }}, 0); {{ mark }}
{%- endif %}
{%- for line in forget %}
{{ line }} {{ mark }}
{%- endfor %}
{%- for line in leaves %}
{{ line }}
{%- endfor %}