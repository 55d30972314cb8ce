{%- if let Some(doc) = doc -%}
/* {{ doc }} */
{% endif -%}
SEC("{{ section }}")
int {{ name }}({{ context }})
{
{%- if !body.is_empty() %}
{{ body|indent_by_tab }}
{%- endif %}
	return 0;
}
