if ({{ checked }}({{ lhs }}, {{ rhs }}, &{{ to }})) {{ mark }}
	return nu_fail({{ failure }}, {{ span.start }}, {{ span.end }});
