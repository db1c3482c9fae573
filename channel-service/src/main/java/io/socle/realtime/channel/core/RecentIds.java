package io.socle.realtime.channel.core;

/**
 * Which log positions may have published a message id: a hash table of 64-bit hashes, 16 bytes per place, with open
 * addressing. What it says is checked against the index, which alone is stored; so it costs no write of its own, and a
 * start fills it again by reading the window.
 */
final class RecentIds {
    /** Answered where an id is not known. */
    static final long NONE = -1;

    private static final long EMPTY = 0;
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;
    private static final int FEWEST = 16;

    private long[] hashes = new long[FEWEST];
    private long[] positions = new long[FEWEST];
    private int size;

    /** The hash of a channel's message id; never 0. */
    static long hash(String channel, String id) {
        // No name contains U+0000, so that the two parts cannot run into each other.
        long hash = mix(mix(FNV_OFFSET, channel) * FNV_PRIME, id);
        hash = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
        hash = (hash ^ hash >>> 33) * 0xc4ceb9fe1a85ec53L;
        hash ^= hash >>> 33;
        return hash == EMPTY ? 1 : hash;
    }

    private static long mix(long hash, String text) {
        long mixed = hash;
        for (int i = 0; i < text.length(); i++) {
            mixed = (mixed ^ text.charAt(i)) * FNV_PRIME;
        }
        return mixed;
    }

    long get(long hash) {
        int at = find(hash);
        return hashes[at] == hash ? positions[at] : NONE;
    }

    void put(long hash, long position) {
        int at = find(hash);
        if (hashes[at] != hash) {
            if (size >= hashes.length / 2) {
                resize(hashes.length * 2);
                at = find(hash);
            }
            hashes[at] = hash;
            size++;
        }
        positions[at] = position;
    }

    /** Removes an id unless it was published again since. */
    void remove(long hash, long position) {
        int at = find(hash);
        if (hashes[at] != hash || positions[at] != position) {
            return;
        }
        size--;
        close(at);
        if (hashes.length > FEWEST && size < hashes.length / 8) {
            resize(hashes.length / 2);
        }
    }

    /** Moves what follows a hole back, so that no search ends at it too early. */
    private void close(int hole) {
        int mask = hashes.length - 1;
        int at = hole;
        int next = at;
        while (true) {
            next = (next + 1) & mask;
            if (hashes[next] == EMPTY) {
                hashes[at] = EMPTY;
                return;
            }
            int home = (int) hashes[next] & mask;
            if (((next - home) & mask) >= ((next - at) & mask)) {
                hashes[at] = hashes[next];
                positions[at] = positions[next];
                at = next;
            }
        }
    }

    /** The place of a hash, or the empty one where it would be. */
    private int find(long hash) {
        int mask = hashes.length - 1;
        int at = (int) hash & mask;
        while (hashes[at] != EMPTY && hashes[at] != hash) {
            at = (at + 1) & mask;
        }
        return at;
    }

    private void resize(int places) {
        long[] oldHashes = hashes;
        long[] oldPositions = positions;
        hashes = new long[places];
        positions = new long[places];
        for (int i = 0; i < oldHashes.length; i++) {
            if (oldHashes[i] != EMPTY) {
                int at = find(oldHashes[i]);
                hashes[at] = oldHashes[i];
                positions[at] = oldPositions[i];
            }
        }
    }
}
