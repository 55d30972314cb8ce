/*
 * {{ pattern }}
 *
 * The section is named, because clang puts tables of 4, 8, 16 and 32 bytes into
 * ones of their own, where their BTF is wrong.
 */
static const __u8 {{ name }}_classes[256] SEC(".rodata") = {
{%- for row in classes %}
	{{ row }},
{%- endfor %}
};

static const __u16 {{ name }}_next[{{ states }} * {{ width }}] SEC(".rodata") = {
{%- for row in next %}
	{{ row }},
{%- endfor %}
};

static const __u8 {{ name }}_ends[{{ states }}] SEC(".rodata") = {
{%- for row in ends %}
	{{ row }},
{%- endfor %}
};

static __always_inline bool {{ name }}(const char *text, __u32 len, __u32 size, bool *to)
{
	return nu_match(text, len, size, {{ name }}_classes, {{ name }}_next, {{ name }}_ends,
			{{ width }}, {{ states }}, {{ start }}, to);
}
