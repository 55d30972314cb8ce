/* The kernel frees a thread: its values go as well. */
SEC("raw_tracepoint/sched_process_free")
int {{ name }}(__u64 *ctx)
{
	struct nu_thread_key key = nu_thread_key((void *)ctx[0]);
{% for map in maps %}
	bpf_map_delete_elem(&{{ map }}, &key);
{%- endfor %}
	return 0;
}
