{% if let Some(doc) = doc %}/* {{ doc }} */
{% endif %}{% if is_union %}union{% else %}struct{% endif %} {{ name }} {
{%- for member in members %}
	{{ member }};
{%- endfor %}
}{% if let Some(attribute) = attribute %} {{ attribute }}{% endif %};