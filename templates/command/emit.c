struct {{ layout }} *{{ row }}; {{ mark }}

nu_reserve(&{{ ring }}, {{ row }}); {{ mark }}
if ({{ row }}) {
{%- if let Some(failed) = failed %}
	bool {{ failed }} = false;

{%- endif %}
	{{ row }}->nu_event = {{ event }};
{%- for fill in fills %}
	{{ fill }}
{%- endfor %}
{%- if let Some(failed) = failed %}
	if ({{ failed }}) {
		bpf_ringbuf_discard({{ row }}, BPF_RB_NO_WAKEUP); {{ mark }}
		{{ fails }}
	}
{%- endif %}
	bpf_ringbuf_submit({{ row }}, nu_wakeup(&{{ ring }}, sizeof(*{{ row }}), {{ watermark }})); {{ mark }}
	nu_stat(NU_EVENTS);
} else {
	nu_stat(NU_DROPPED);
}