/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Reading the kernel's own structs. Where a member lies, libbpf puts in when it
 * loads the object: structs that are declared with preserve_access_index.
 */
#ifndef NU_KERNEL_H
#define NU_KERNEL_H

#include <nu/types.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>

/* Any enum: libbpf looks at the name of none without a name. */
typedef enum { NU_ENUM } nu_enum;

/* Reads as much as the place has; whether it cannot be read. */
#define nu_read(from, to)							\
	(bpf_probe_read_kernel(to, sizeof(*(to)), (const void *)(from)) < 0)

/* The same of the process that was interrupted. */
#define nu_read_user(from, to)							\
	(bpf_probe_read_user(to, sizeof(*(to)), (const void *)(from)) < 0)

/*
 * An address as a number: to one of a type that the verifier knows, it lets
 * nothing be added that is not bounded. Of what is negated it knows no type.
 */
static __always_inline __u64 nu_number(__u64 address)
{
	asm volatile("%0 = -%0" : "+r"(address));
	asm volatile("%0 = -%0" : "+r"(address));
	return address;
}

/* So many bytes behind an address. */
#define nu_at(from, bytes) (nu_number((__u64)(from)) + (__u64)(bytes))

/* An element of an array, of which each lies as far from the one before as the second from the first. */
#define nu_element(first, second, index)					\
	nu_at(first, ((second) - (first)) * (__u64)(index))

/*
 * Loads from what the verifier knows the type of. The kernel lets it read zeros
 * where nothing is mapped; of null, that is told here.
 */
#define nu_direct(base, type, from, to) ({					\
	bool nu_null = !(base);							\
										\
	if (!nu_null)								\
		*(to) = (type)*(from);						\
	nu_null;								\
})

/* A bit-field. */
#define nu_read_bits(base, field, to) ({					\
	__u8 nu_byte;								\
	bool nu_failed = nu_read((const void *)(base) +				\
				 __CORE_RELO(base, field, BYTE_OFFSET), &nu_byte);	\
										\
	if (!nu_failed)								\
		*(to) = BPF_CORE_READ_BITFIELD_PROBED(base, field);		\
	nu_failed;								\
})

/*
 * A bit-field: so many bits of the bytes at an address, after so many others. The
 * type of the word has their sign, or none.
 */
#define nu_read_bits_at(read, from, shift, bits, word, to) ({			\
	__u64 nu_bytes = 0;							\
	bool nu_failed = read(&nu_bytes, ((shift) + (bits) + 7) / 8,		\
			      (const void *)(from)) < 0;			\
										\
	if (!nu_failed)								\
		*(to) = (word)(nu_bytes << (64 - (shift) - (bits))) >> (64 - (bits)); \
	nu_failed;								\
})
#define nu_read_user_bits(from, ...) nu_read_bits_at(bpf_probe_read_user, from, __VA_ARGS__)
#define nu_read_kernel_bits(from, ...) nu_read_bits_at(bpf_probe_read_kernel, from, __VA_ARGS__)

/* A number in network order, as the signed one of 64 bits that Nushell computes with. */
#define nu_be16(value) ((__s64)__builtin_bswap16(value))
#define nu_be32(value) ((__s64)__builtin_bswap32(value))
#define nu_be64(value) ((__s64)__builtin_bswap64(value))

/* A processor's number as helpers take it: of one that is none, there is none. */
static __always_inline __u32 nu_cpu(__s64 cpu)
{
	return cpu == (__u32)cpu ? cpu : -1;
}

/* The most seconds that fit, in nanoseconds (KTIME_SEC_MAX, include/linux/ktime.h). */
#define NU_SECONDS 9223372036LL

/* Seconds and parts of one, in nanoseconds: more than fits is the most there is, as the kernel has it. */
static __always_inline __s64 nu_nanoseconds(__s64 seconds, __s64 parts, __s64 unit)
{
	if (seconds >= NU_SECONDS)
		return 0x7fffffffffffffffLL;
	if (seconds <= -NU_SECONDS)
		return -0x7fffffffffffffffLL - 1;
	return (__u64)seconds * 1000000000ULL + (__u64)parts * (__u64)unit;
}

#endif /* NU_KERNEL_H */
