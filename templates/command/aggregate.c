{% if let Some(key) = key -%}
{{ key }}
{% endif -%}
{{ c }} *{{ slot }};

{{ slot }} = {{ found }}; {{ mark }}
if ({{ slot }})
	{{ add }}; {{ mark }}