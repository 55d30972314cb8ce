{ {{ mark }}
{{ body|indent_by_tab }}
}
{%- if let Some(end) = end %}
{{ end }}:;
{%- endif %}