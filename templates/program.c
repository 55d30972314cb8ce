SEC("{{ section }}")
int {{ name }}({{ context }})
{
{{ body|indent_by_tab }}
	return 0;
}
