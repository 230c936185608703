package io.pagewalk.internal.schema.column;

import io.pagewalk.error.BadRecordException.Part;
import io.pagewalk.internal.schema.frame.Frame;
import io.pagewalk.internal.schema.frame.FrameDetector;
import io.pagewalk.internal.schema.frame.FrameFault;
import io.pagewalk.internal.schema.frame.FrameKind;
import io.pagewalk.internal.schema.frame.FrameParser;
import io.pagewalk.internal.schema.frame.SchemaKey;
import io.pagewalk.record.ByteView;
import io.pagewalk.record.RecordView;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The frames of the payloads that were sampled before an export. Confined to one thread. */
public final class SampledFrames {
    private static final int MOST_KEPT = 1_000;
    /** Frames and a little more: what schemas payloads are of is in their first bytes. */
    private static final int PREVIEW = 64;

    private final Part part;
    private final FrameDetector detector;
    private final List<RecordView> records = new ArrayList<>();

    /** @param apicurio whether the registry is asked by Apicurio's own API */
    public SampledFrames(Part part, boolean apicurio) {
        this.part = part;
        this.detector = new FrameDetector(part == Part.KEY, apicurio);
    }

    /** Takes a record into account. */
    public void see(RecordView record) {
        detector.sample(record);
        if (records.size() < MOST_KEPT) {
            records.add(record.preview(PREVIEW));
        }
    }

    /** The frames that all sampled payloads have; null if they have none in common, or nothing was sampled. */
    public @Nullable FrameKind kind() {
        return detector.kind();
    }

    /** Whose frames all of them have, if those are not supported; else null. */
    public @Nullable FrameFault refused() {
        return detector.refused();
    }

    /**
     * What says of a payload which message of its schema it is, if it is one of Protobuf.
     *
     * @param schema what the schema is called
     * @param name of the message; null if none is said
     * @param path to the message; empty if none is said
     */
    record Message(String schema, @Nullable String name, List<Integer> path) {}

    /** Which messages they are, if their schemas are those of Protobuf; each once. */
    Set<Message> messages() {
        Set<Message> messages = new LinkedHashSet<>();
        eachFrame(true, frame -> {
            List<Integer> path = new ArrayList<>();
            for (int i = 0; i < frame.messageDepth(); i++) {
                path.add(frame.messageIndex(i));
            }
            messages.add(new Message(frame.key().text(), frame.messageName(), path));
        });
        return messages;
    }

    /** What schemas they are of, in the order in which they came. */
    public Set<SchemaKey> keys() {
        Set<SchemaKey> keys = new LinkedHashSet<>();
        eachFrame(false, frame -> keys.add(frame.key()));
        return keys;
    }

    private void eachFrame(boolean protobuf, Consumer<Frame> seen) {
        FrameKind kind = kind();
        if (kind == null) {
            return;
        }
        FrameParser parser = new FrameParser(kind, part == Part.KEY, protobuf, PREVIEW);
        Frame frame = new Frame();
        for (RecordView record : records) {
            ByteView payload = part == Part.KEY ? record.key() : record.value();
            if (payload != null && parser.parse(record, payload, frame)) {
                seen.accept(frame);
            }
        }
    }
}
