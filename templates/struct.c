{% if let Some(doc) = doc %}/* {{ doc }} */
{% endif %}struct {{ name }} {
{%- for member in members %}
	{{ member }};
{%- endfor %}
};
