{% if limit.is_some() -%}
__s64 {{ counter }}; {{ mark }}

for ({{ counter }} = 0; {{ counter }} < {{ times }}; {{ counter }}++) { {{ mark }}
{%- else -%}
for (__s64 {{ counter }} = 0; {{ counter }} < {{ times }}; {{ counter }}++) { {{ mark }}
{%- endif %}
{{ body|indent_by_tab }}
{%- if let Some(next) = next %}
{{ next }}:;
{%- endif %}
}
{%- if let Some(limit) = limit %}
if ({{ counter }} == {{ times }}) {{ mark }}
	{{ limit }}
{%- endif %}
{%- if let Some(done) = done %}
{{ done }}:;
{%- endif %}