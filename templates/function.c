/* What it gives goes to *nu_result; returns 0, or one more than the kind of its error. */
static __noinline __u32 {{ name }}({{ params }}, {{ result }} *nu_result)
{
{{ body|indent_by_tab }}
	return 0;
}