if ({{ builtin }}((__s64)({{ lhs }}), (__s64)({{ rhs }}), &{{ to }})) { {{ mark }}
	nu_stat(NU_ERRORS);
	return 0;
}
