struct {{ layout }} *{{ row }}; {{ mark }}

nu_reserve(&{{ ring }}, {{ row }}); {{ mark }}
if ({{ row }}) {
{%- if let Some(failed) = failed %}
	bool {{ failed }} = false;

{%- endif %}
	{{ row }}->nu_event = {{ event }};
{%- if let Some(call) = call %}
	{{ row }}->nu_call = {{ call }};
{%- endif %}
{%- for fill in fills %}
	{{ fill }}
{%- endfor %}
{%- if let Some(failed) = failed %}
	if ({{ failed }}) {
		bpf_ringbuf_discard({{ row }}, BPF_RB_NO_WAKEUP); {{ mark }}
		{{ fails }}
	}
{%- endif %}
{%- if let Some(absent) = absent %}
	if ({{ absent }}) { {{ mark }}
		{{ wait }};
{{ postpones|indent_by_tab }}
	}
{%- endif %}
	bpf_ringbuf_submit({{ row }}, nu_wakeup(&{{ ring }}, sizeof(*{{ row }}), {{ watermark }})); {{ mark }}
	nu_stat(NU_EVENTS);
} else {
	nu_stat(NU_DROPPED);
}