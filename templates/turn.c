/* A turn of a loop; 1 ends it. */
static long {{ name }}(__u32 nu_index{{ unused[0] }}, struct {{ frame }} *nu_frame{{ unused[1] }})
{
{%- for line in first %}
	{{ line }}
{%- endfor %}
{%- if let Some(most) = most %}

	__builtin_assume(nu_index < {{ most }});
{%- endif %}
{% if !first.is_empty() %}
{% endif -%}
{{ body|indent_by_tab }}
	return 0;
}