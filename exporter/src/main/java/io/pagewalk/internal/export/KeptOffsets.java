package io.pagewalk.internal.export;

import io.pagewalk.internal.run.RecordSource;
import io.pagewalk.plan.CommittedOffsets;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What consumer groups have committed, read once a command, when the first run begins. For one thread. */
public final class KeptOffsets implements Supplier<@Nullable CommittedOffsets> {
    private final boolean wanted;
    private final String topic;
    private final Supplier<RecordSource> source;
    private final Consumer<CommittedOffsets> told;
    private @Nullable CommittedOffsets offsets;

    /** Reads them if that is wanted, and tells of them then. */
    public KeptOffsets(boolean wanted, String topic, Supplier<RecordSource> source, Consumer<CommittedOffsets> told) {
        this.wanted = wanted;
        this.topic = topic;
        this.source = source;
        this.told = told;
    }

    @Override
    public @Nullable CommittedOffsets get() {
        if (wanted && offsets == null) {
            offsets = source.get().committedOffsets(topic);
            if (offsets != null) {
                told.accept(offsets);
            }
        }
        return offsets;
    }
}
