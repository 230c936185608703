package io.pagewalk.internal.schema.own;

import io.pagewalk.internal.schema.frame.Frame;
import io.pagewalk.internal.schema.frame.FrameDetector;
import io.pagewalk.internal.schema.frame.FrameFault;
import io.pagewalk.internal.schema.frame.FrameKind;
import io.pagewalk.internal.schema.frame.FrameParser;
import io.pagewalk.record.ByteView;
import io.pagewalk.record.RecordView;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the frame of one payload after the other, by that payload alone: so a record looks the same on whatever page it is. A number of 32
 * bits is an id of Confluent's API then, as nothing says that it is another one. Confined to one thread.
 */
public final class OwnFrames {
    /** The most that a compressed payload may come to. */
    private static final int LARGEST = 64 << 20;

    private final boolean ofKeys;
    private final Map<FrameKind, FrameParser> plain = new EnumMap<>(FrameKind.class);
    private final Map<FrameKind, FrameParser> withMessages = new EnumMap<>(FrameKind.class);
    private final Frame frame = new Frame();
    private FrameKind kind = FrameKind.CONFLUENT;

    /** @param ofKeys whether payloads are keys, else values */
    public OwnFrames(boolean ofKeys) {
        this.ofKeys = ofKeys;
    }

    /**
     * Reads a frame into {@link #frame()}, but for what it says of messages.
     *
     * @return why there is none; null if there is one
     */
    public @Nullable FrameFault read(RecordView record, ByteView payload) {
        FrameDetector detector = new FrameDetector(ofKeys, false);
        detector.sample(record);
        FrameKind found = detector.kind();
        kind = found == null ? FrameKind.CONFLUENT : found;
        return parse(plain, false, record, payload);
    }

    /** Reads it once more, of a payload that is Protobuf. */
    public @Nullable FrameFault readMessage(RecordView record, ByteView payload) {
        return parse(withMessages, true, record, payload);
    }

    private @Nullable FrameFault parse(
            Map<FrameKind, FrameParser> parsers, boolean messages, RecordView record, ByteView payload) {
        FrameParser parser = parsers.computeIfAbsent(kind, each -> new FrameParser(each, ofKeys, messages, LARGEST));
        return parser.parse(record, payload, frame) ? null : frame.fault();
    }

    /** What was read last; valid as long as its record is. */
    public Frame frame() {
        return frame;
    }
}
