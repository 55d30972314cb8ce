ebpf type 'struct request' --binary /usr/bin/bash
