package io.pagewalk.internal.schema.registry;

import io.pagewalk.internal.schema.frame.FrameKind;
import io.pagewalk.internal.schema.frame.SchemaKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A registry: it also knows which versions of what there are. Only read. Safe for use by any number of threads. */
public interface SchemaRegistry extends SchemaSource {
    /** Which of its contexts is asked, as it is pinned; empty if it has none. */
    String contextName();

    /** The frames of payloads where no sampled one tells. */
    FrameKind usualFrame();

    /** What schemas of a topic's keys or values are mostly registered under; empty if nothing is usual. */
    Optional<String> usualSubject(String topic, String column);

    /** Where the schema of a key is registered, versions that were deleted included; sorted, and empty if that is not known. */
    List<SubjectVersion> subjectsOf(SchemaKey key);

    /** All subjects, those that were deleted included; sorted. */
    List<String> subjects();

    /** The numbers of a subject's versions, those that were deleted included; sorted, and empty if there is no such subject. */
    List<Integer> versions(String subject);

    /** A version of a subject, also one that was deleted; null if there is none. */
    @Nullable
    RegisteredVersion version(String subject, int version);

    /** All versions of a subject, those that were deleted included, by their numbers; some at a time are asked for. */
    default List<RegisteredVersion> allVersions(String subject) {
        List<RegisteredVersion> found = new ArrayList<>();
        for (RegisteredVersion version : Concurrently.map(versions(subject), number -> version(subject, number))) {
            // One that was deleted for good between the two questions is gone, and nobody can read it any more.
            if (version != null) {
                found.add(version);
            }
        }
        return found;
    }
}
