if ({{ test }}) {{ mark }}
	{{ fails }}