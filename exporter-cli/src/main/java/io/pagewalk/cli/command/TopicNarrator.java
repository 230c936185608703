package io.pagewalk.cli.command;

import io.pagewalk.ExportListener;
import io.pagewalk.cli.console.Console;
import io.pagewalk.cli.text.HeadRoomTexts;
import io.pagewalk.cli.text.LossTexts;
import io.pagewalk.execution.SliceFigures;
import io.pagewalk.log.ExportState;
import io.pagewalk.log.LostRange;
import io.pagewalk.model.Slice;
import io.pagewalk.plan.CommittedOffsets;
import io.pagewalk.plan.DueWindow;
import io.pagewalk.plan.ExportPlan;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Warns of what goes wrong in the export of one of many topics, and says no more. */
final class TopicNarrator implements ExportListener {
    private static final int TOLD_LOSSES = 3;

    private final Console console;
    private final String topic;
    private final AtomicInteger toldLosses = new AtomicInteger();

    TopicNarrator(Console console, String topic) {
        this.console = console;
        this.topic = topic;
    }

    @Override
    public void frozen(ExportPlan plan) {
        HeadRoomTexts.warning(topic, plan).ifPresent(console::warn);
    }

    @Override
    public void nothingNew(@Nullable ExportState state, @Nullable ExportPlan plan, @Nullable DueWindow next) {
        if (plan != null) {
            HeadRoomTexts.warning(topic, plan).ifPresent(console::warn);
        }
    }

    @Override
    public void lost(LostRange range) {
        if (toldLosses.incrementAndGet() <= TOLD_LOSSES) {
            console.warn(LossTexts.met(topic, range));
        }
    }

    @Override
    public void readAgain(Slice slice, SliceFigures figures) {
        if (toldLosses.get() <= TOLD_LOSSES) {
            console.info(LossTexts.readAgain(slice, figures));
        }
    }

    @Override
    public void newSchemas(String notice) {
        console.warn(notice);
    }

    @Override
    public void keptGroups(CommittedOffsets offsets) {
        if (!offsets.complete()) {
            console.warn("consumer groups of topic " + topic
                    + " may be missing from what is kept: seeing all takes DESCRIBE on the cluster");
        }
    }
}
