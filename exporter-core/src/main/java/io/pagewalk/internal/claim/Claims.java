package io.pagewalk.internal.claim;

import io.pagewalk.error.UsageException;
import io.pagewalk.spi.Storage;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Who claims the data files of a topic in an output, and which of its exports there were deleted. The generation of a topic
 * is one more than the highest that was deleted; a claim of a deleted one means that its deletion is not finished.
 *
 * <p>It is as the output was when this was read.
 */
public final class Claims {
    private final Storage output;
    private final String topic;
    private final NavigableSet<Integer> claimed = new TreeSet<>();
    private final NavigableSet<Integer> deleted = new TreeSet<>();

    private Claims(Storage output, String topic) {
        this.output = output;
        this.topic = topic;
    }

    /** Reads what is on record of a topic. */
    public static Claims of(Storage output, String topic) throws IOException {
        Claims claims = new Claims(output, topic);
        output.names(OutputLayout.topicFolder(topic), name -> {
            OutputLayout.generationOfClaim(name).ifPresent(claims.claimed::add);
            OutputLayout.generationOfDeletion(name).ifPresent(claims.deleted::add);
        });
        return claims;
    }

    /** Likewise of every topic that an output has something on record of, in the order of their names. */
    public static List<Claims> all(Storage output) throws IOException {
        SortedSet<String> topics = new TreeSet<>();
        for (String directory : output.listDirectories(OutputLayout.FOLDER)) {
            String topic = OutputLayout.topicOf(directory);
            if (topic != null) {
                topics.add(topic);
            }
        }
        List<Claims> all = new ArrayList<>();
        for (String topic : topics) {
            all.add(of(output, topic));
        }
        return all;
    }

    public String topic() {
        return topic;
    }

    /** The generation of the export that is there, or of the one that can begin. */
    public int generation() {
        return deleted.isEmpty() ? 1 : deleted.last() + 1;
    }

    /** Whether the topic has never had an export there. */
    public boolean areNone() {
        return claimed.isEmpty() && deleted.isEmpty();
    }

    /** Whether a generation was deleted, or is being deleted. */
    public boolean isDeleted(int generation) {
        return deleted.contains(generation);
    }

    /** The generations that were deleted. */
    SortedSet<Integer> deleted() {
        return deleted;
    }

    /** The generations up to a given one whose claims are there, the oldest first. */
    public SortedSet<Integer> claimedUpTo(int generation) {
        return claimed.headSet(generation + 1);
    }

    /** The highest generation that is claimed, a deleted one too, whether its claim can be read or not. */
    public Optional<Integer> newestClaimed() {
        return claimed.isEmpty() ? Optional.empty() : Optional.of(claimed.last());
    }

    /**
     * The claim of the export that is there, made durable; empty if there is none.
     *
     * @throws UsageException if it is damaged, or if there are claims of exports that cannot have begun yet
     */
    public Optional<Claim> current() throws IOException {
        int generation = generation();
        if (!claimed.isEmpty() && claimed.last() > generation) {
            throw new UsageException(output.location() + " has "
                    + OutputLayout.claim(topic, claimed.last()) + ", but no "
                    + OutputLayout.deletionFile(claimed.last() - 1)
                    + " beside it: a deletion record was removed; put it back, or remove the claim that is not"
                    + " wanted");
        }
        return claimed.contains(generation) ? read(generation) : Optional.empty();
    }

    /**
     * The claim of an export whose deletion has begun and is not finished; empty if there is none.
     *
     * @throws UsageException if it is damaged
     */
    public Optional<Claim> halfDeleted() throws IOException {
        for (int generation : claimed.headSet(generation())) {
            return read(generation);
        }
        return Optional.empty();
    }

    private Optional<Claim> read(int generation) throws IOException {
        try {
            Claim claim = Claim.read(output, topic, generation);
            output.persist(OutputLayout.claim(topic, generation));
            return Optional.of(claim);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /**
     * Lets a run begin or go on only where no deletion is half-way.
     *
     * @throws UsageException if a deletion is not finished
     */
    public void requireNoneHalfDeleted() {
        if (!claimed.headSet(generation()).isEmpty()) {
            throw new UsageException("the export of topic " + topic + " in " + output.location()
                    + " is being deleted, and its deletion is not finished: delete it again, then run this again");
        }
    }
}
