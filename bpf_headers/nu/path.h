/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * The path of a file as the kernel keeps it: names, each with the folder that it
 * is in, across mounts up to the root of all. It is put together from its end, in
 * memory of the processor's own. The kernel has a helper for it (bpf_d_path), but
 * lets few functions' programs call it.
 */
#ifndef NU_PATH_H
#define NU_PATH_H

#include <nu/kernel.h>
#include <nu/loop.h>
#include <nu/strings.h>

/* Names, and mounts that are crossed, of a path; and the most bytes (PATH_MAX). */
#define NU_NAMES 64
#define NU_PATH 4096

/* The most bytes of one name (NAME_MAX). */
#define NU_NAME 255

struct qstr___path {
	__u32 len;
	const unsigned char *name;
} __attribute__((preserve_access_index));

struct dentry___path {
	struct dentry___path *d_parent;
	struct qstr___path d_name;
} __attribute__((preserve_access_index));

struct vfsmount___path {
	struct dentry___path *mnt_root;
} __attribute__((preserve_access_index));

struct path___path {
	struct vfsmount___path *mnt;
	struct dentry___path *dentry;
} __attribute__((preserve_access_index));

struct mount___path {
	struct mount___path *mnt_parent;
	struct dentry___path *mnt_mountpoint;
	struct vfsmount___path mnt;
} __attribute__((preserve_access_index));

/* A program may be interrupted by another of its object that wants a path as well: that one gets none. */
struct nu_path_memory {
	__u32 busy;
	char text[NU_PATH + NU_NAME + 1];
};

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct nu_path_memory);
} nu_path_memory SEC(".maps");

/* Where the walk is, and where in the memory the path begins. */
struct nu_walk {
	struct dentry___path *dentry;
	struct mount___path *mount;
	struct nu_path_memory *memory;
	__u32 at;
	__u32 done;
};

/* One name, or one mount, towards the root. */
static long nu_step(__u32 turn __unused, struct nu_walk *walk)
{
	struct dentry___path *dentry = walk->dentry, *parent = BPF_CORE_READ(dentry, d_parent);
	struct mount___path *mount = walk->mount;
	__u64 nu_unknown = nu_nothing, at = walk->at;
	__u32 len;

	nu_forget(at);
	if (dentry == BPF_CORE_READ(mount, mnt.mnt_root) || dentry == parent) {
		struct mount___path *outer = BPF_CORE_READ(mount, mnt_parent);

		if (!outer || outer == mount) {
			walk->done = 1;
			return nu_break();
		}
		walk->dentry = BPF_CORE_READ(mount, mnt_mountpoint);
		walk->mount = outer;
		return 0;
	}
	len = BPF_CORE_READ(dentry, d_name.len) & NU_NAME;
	if (at < len + 1)
		return nu_break();
	at -= len + 1;
	walk->memory->text[at & (NU_PATH - 1)] = '/';
	if (bpf_probe_read_kernel(&walk->memory->text[(at + 1) & (NU_PATH - 1)], len,
				  BPF_CORE_READ(dentry, d_name.name)) < 0)
		return nu_break();
	walk->dentry = parent;
	walk->at = at;
	return 0;
}

/* Whether the memory is in use; else it is from now on. What interrupts a program ends before that goes on. */
static __always_inline bool nu_path_taken(struct nu_path_memory *memory)
{
#ifdef NU_NO_FETCH
	volatile __u32 *busy = &memory->busy;

	if (*busy)
		return true;
	*busy = 1;
	return false;
#else
	return __sync_fetch_and_add(&memory->busy, 1);
#endif
}

/* The path as a string of at most room bytes; null where it cannot be found. The place is zeroed. */
static __always_inline __s32 nu_path(char *to, __u32 room, __u64 address)
{
	struct path___path *path = (void *)address;
	struct vfsmount___path *mnt = BPF_CORE_READ(path, mnt);
	struct nu_walk walk = {
		.dentry = BPF_CORE_READ(path, dentry),
		.mount = (void *)mnt - bpf_core_field_offset(struct mount___path, mnt),
		.at = NU_PATH,
	};
	__u64 nu_unknown = nu_nothing, at, size;
	__u32 zero = 0, len;

	walk.memory = bpf_map_lookup_elem(&nu_path_memory, &zero);
	if (!walk.memory || !mnt || nu_path_taken(walk.memory)) {
		nu_stat(NU_FAULTS);
		return -1;
	}
	nu_loop(NU_NAMES, nu_step, &walk);
	at = walk.at;
	nu_forget(at);
	if (walk.done && at == NU_PATH)
		walk.memory->text[--at & (NU_PATH - 1)] = '/';
	len = NU_PATH - at;
	/* A value of its own, that the verifier of 6.1 sees bounded: of a 32-bit copy it would not. */
	size = len;
	barrier_var(size);
	if (size > room)
		size = room;
	if (walk.done)
		bpf_probe_read_kernel(to, size, &walk.memory->text[at & (NU_PATH - 1)]);
	walk.memory->busy = 0;
	if (!walk.done) {
		nu_stat(NU_FAULTS);
		return -1;
	}
	if (len > room)
		nu_stat(NU_TRUNCATED);
	return len > room ? room + 1 : len;
}

#endif /* NU_PATH_H */
