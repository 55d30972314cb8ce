struct {
	__uint(type, {{ kind }});
{%- if max_entries > 0 %}
	__uint(max_entries, {{ max_entries }});
{%- endif %}
{%- if let Some(flags) = flags %}
	__uint(map_flags, {{ flags }});
{%- endif %}
{%- if let Some(key) = key %}
	__type(key, {{ key }});
	__type(value, {{ value }});
{%- endif %}
} {{ name }} SEC(".maps");