package io.pagewalk.internal.storage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a name on a {@link SimulatedDisk} stands for: a state that is visible, and how much of it is durable. */
abstract sealed class SimulatedNode {
    /** Makes what is visible durable. */
    abstract void force();

    /** Makes visible what survived: everything durable, and by chance some of the rest. */
    abstract void losePower(SplittableRandom chance);

    /** Grows at its end only. */
    static final class File extends SimulatedNode {
        private byte[] bytes = new byte[64];
        private int length;
        private int durable;

        void append(byte[] source, int offset, int count) {
            if (length + count > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(length + count, 2 * bytes.length));
            }
            System.arraycopy(source, offset, bytes, length, count);
            length += count;
        }

        byte[] content() {
            return Arrays.copyOf(bytes, length);
        }

        int size() {
            return length;
        }

        @Override
        void force() {
            durable = length;
        }

        /** Of the unsynced end nothing, something or all may be on disk; and its size may be there before its bytes. */
        @Override
        void losePower(SplittableRandom chance) {
            int kept = durable + survivors(length - durable, chance);
            if (kept > durable && chance.nextInt(3) == 0) {
                Arrays.fill(bytes, durable + chance.nextInt(kept - durable), kept, (byte) 0);
            }
            length = kept;
            durable = kept;
        }

        private static int survivors(int unsynced, SplittableRandom chance) {
            return switch (chance.nextInt(3)) {
                case 0 -> 0;
                case 1 -> unsynced;
                default -> chance.nextInt(unsynced + 1);
            };
        }
    }

    /** Names reach the disk each for itself, in no order between them. */
    static final class Directory extends SimulatedNode {
        private final SortedMap<String, SimulatedNode> entries = new TreeMap<>();
        private final Map<String, SimulatedNode> durable = new TreeMap<>();
        private final Map<String, List<@Nullable SimulatedNode>> unsynced = new TreeMap<>();

        SortedMap<String, SimulatedNode> entries() {
            return entries;
        }

        void put(String name, SimulatedNode node) {
            entries.put(name, node);
            unsynced.computeIfAbsent(name, n -> new ArrayList<>()).add(node);
        }

        void remove(String name) {
            entries.remove(name);
            unsynced.computeIfAbsent(name, n -> new ArrayList<>()).add(null);
        }

        @Override
        void force() {
            durable.clear();
            durable.putAll(entries);
            unsynced.clear();
        }

        @Override
        void losePower(SplittableRandom chance) {
            entries.clear();
            entries.putAll(durable);
            unsynced.forEach((name, states) -> {
                int reached = chance.nextInt(states.size() + 1);
                if (reached > 0) {
                    set(entries, name, states.get(reached - 1));
                }
            });
            force();
        }

        private static void set(Map<String, SimulatedNode> entries, String name, @Nullable SimulatedNode node) {
            if (node == null) {
                entries.remove(name);
            } else {
                entries.put(name, node);
            }
        }
    }
}
