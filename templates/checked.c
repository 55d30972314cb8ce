if ({{ checked }}({{ lhs }}, {{ rhs }}, &{{ to }})) { {{ mark }}
	nu_stat(NU_ERRORS);
	return 0;
}
