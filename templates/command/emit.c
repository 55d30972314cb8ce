struct {{ layout }} *{{ row }}; {{ mark }}

nu_reserve(&{{ ring }}, {{ row }}); {{ mark }}
if ({{ row }}) {
	{{ row }}->nu_event = {{ event }};
{%- for fill in fills %}
	{{ fill }}
{%- endfor %}
	bpf_ringbuf_submit({{ row }}, nu_wakeup(&{{ ring }}, sizeof(*{{ row }}), {{ watermark }})); {{ mark }}
	nu_stat(NU_EVENTS);
} else {
	nu_stat(NU_DROPPED);
}