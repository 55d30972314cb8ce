struct {
	__uint(type, {{ kind }});
	__uint(max_entries, {{ max_entries }});
{%- if let Some(key) = key %}
	__type(key, {{ key }});
	__type(value, {{ value }});
{%- endif %}
} {{ name }} SEC(".maps");
