if ({{ cond }}) { {{ mark }}
{{ then|indent_by_tab }}
{%- if let Some(otherwise) = otherwise %}
} else {
{{ otherwise|indent_by_tab }}
{%- endif %}
}
